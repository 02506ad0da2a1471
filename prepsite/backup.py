"""The whole installation in one file: the database as `pg_dump` writes it, and the uploads.

The file is a tar of `database.dump` (pg_dump's custom format) and `media/`. Taken while the site
runs, it is the state of one moment.
"""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from prepsite.database import DatabaseError, binaries

DUMP, MEDIA = "database.dump", "media"


class BackupError(Exception):
    """The backup could not be made or restored; the message says why."""


def make(target: Path) -> int:
    """Write a backup to `target`; returns its size in bytes. Raises BackupError.

    Written beside its place and moved there whole: a `target` that exists is complete.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
        draft, dump = Path(name) / "backup.tar", Path(name) / DUMP
        _run("pg_dump", "--format=custom", "--no-owner", "--file", str(dump))
        with tarfile.open(draft, "w") as tar:
            tar.add(dump, DUMP)
            if Path(settings.MEDIA_ROOT).is_dir():
                tar.add(settings.MEDIA_ROOT, MEDIA)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.replace(target)
    return target.stat().st_size


def restore(source: Path) -> None:
    """Replace the database and the uploads by those of a backup. Raises BackupError.

    The database changes in one transaction: a backup that cannot be read changes nothing.
    """
    with tempfile.TemporaryDirectory(prefix="prepsite-restore-") as name:
        try:
            with tarfile.open(source) as tar:
                tar.extractall(name, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise BackupError(f"{source} is not a backup that can be read: {error}") from error
        dump = Path(name) / DUMP
        if not dump.is_file():
            raise BackupError(f"{source} holds no {DUMP}: it is not a backup of this site.")
        connection.close()
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
             "--dbname", connection.settings_dict["NAME"], str(dump))  # fmt: skip
        uploads = Path(name) / MEDIA
        if uploads.is_dir():
            shutil.copytree(uploads, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _run(program: str, *arguments: str) -> None:
    try:
        command = str(binaries() / program)
    except DatabaseError:
        command = program
    database = connection.settings_dict
    environment = os.environ | {
        f"PG{name}": str(value)
        for name, value in {
            "HOST": database["HOST"] or database.get("OPTIONS", {}).get("host", ""),
            "PORT": database["PORT"] or database.get("OPTIONS", {}).get("port", ""),
            "USER": database["USER"],
            "PASSWORD": database["PASSWORD"],
            "DATABASE": database["NAME"],
        }.items()
        if value
    }
    try:
        done = subprocess.run(
            [command, *arguments], env=environment, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not installed on this machine.") from error
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")
