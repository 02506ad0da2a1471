"""Placeholder, written anew by its owner."""

import os
import secrets
from pathlib import Path


def data_dir() -> Path:
    return Path(os.environ.get("PREPSITE_DATA_DIR") or Path(__file__).resolve().parent.parent / "var")


def local_secret(folder: Path) -> str:
    file = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        file.write_text(secrets.token_urlsafe(64))
        file.chmod(0o600)
    return file.read_text().strip()


def url(folder: Path) -> str:
    return os.environ.get("DATABASE_URL") or f"postgres:///prepsite?host={folder}/run"
