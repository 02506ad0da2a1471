"""A cluster whose test database is migrated, made once for every run that has the same migrations.

To migrate takes ten seconds of a processor, and each worker has a server of its own. So the first
run leaves a stopped cluster in /tmp, named after what it was made from, and every worker begins
with a copy. `python -m tests.migrated FOLDER` makes one in FOLDER.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from prepsite import database

ROOT = Path(__file__).resolve().parents[1]
DAY = 24 * 60 * 60


def sources(root: Path = ROOT) -> list[Path]:
    """The files that decide what a migrated database looks like."""
    ours = (path for path in root.rglob("migrations/*.py") if ".venv" not in path.parts)
    others = ("requirements-dev.txt", "prepsite/settings.py", "prepsite/database.py")
    return sorted([*ours, *(root / name for name in others), Path(__file__).resolve()])


def fingerprint(root: Path = ROOT) -> str:
    """Of what the cluster is made from: another one after any change to it."""
    found = hashlib.sha256()
    for path in sources(root):
        found.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def copy_into(folder: Path) -> None:
    """Put a migrated cluster, not started, into the data folder `folder`.

    Where there is none yet it is made, by one process while the others wait. Raises
    CalledProcessError when that fails.
    """
    kept = Path(f"/tmp/prepsite-migrated-{os.geteuid()}-{fingerprint()}")
    database.own_folder(kept)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.utime(kept / "lock")
        if not (kept / "postgres").exists():
            _clear_old(kept)
            _make(kept)
    shutil.copytree(kept / "postgres", folder / "postgres")


def _make(kept: Path) -> None:
    draft = kept / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "tests.migrated", str(draft)],
        check=True, cwd=ROOT, env=os.environ | {"PREPSITE_DATA_DIR": str(draft)},
    )  # fmt: skip
    (draft / "postgres").rename(kept / "postgres")
    shutil.rmtree(draft, ignore_errors=True)


def _clear_old(kept: Path) -> None:
    """Remove what no run has asked for since yesterday."""
    for other in kept.parent.glob(f"prepsite-migrated-{os.geteuid()}-*"):
        lock = other / "lock"
        if lock.exists() and lock.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(other, ignore_errors=True)


def main(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "prepsite.settings"
    import django
    import pytest  # noqa: F401 (the settings of the tests hang on its being loaded)

    with database.running(folder):
        django.setup()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
