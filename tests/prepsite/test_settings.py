"""Production starts with every secret in place, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "PREPSITE_ENV": "production",
    "SECRET_KEY": "k3y-" * 16,
    "ALLOWED_HOSTS": "prepsite.example",
    "DATABASE_URL": "postgres://nobody@localhost/nothing",
}


def read_settings(data: Path, **environment: str) -> subprocess.CompletedProcess:
    ours = {*COMPLETE, "PREPSITE_DEBUG"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "-c", "import prepsite.settings"],
        cwd=ROOT, env=inherited | environment | {"PREPSITE_DATA_DIR": str(data)},
        capture_output=True, text=True,
    )  # fmt: skip


def test_complete(tmp_path):
    done = read_settings(tmp_path, **COMPLETE)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir()), "production keeps no secret of its own"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_one_missing(tmp_path, name):
    done = read_settings(tmp_path, **{key: COMPLETE[key] for key in COMPLETE if key != name})
    assert done.returncode != 0
    assert f"PREPSITE_ENV=production needs {name}" in done.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": "short"}, "at least 50 characters"),
        ({"PREPSITE_DEBUG": "true"}, "PREPSITE_DEBUG must not be set"),
    ],
)
def test_one_unfit(tmp_path, change, complaint):
    done = read_settings(tmp_path, **COMPLETE | change)
    assert done.returncode != 0
    assert complaint in done.stderr


def test_at_home_a_secret_is_made(tmp_path):
    assert read_settings(tmp_path / "data").returncode == 0
    assert len((tmp_path / "data" / "secret_key").read_text()) >= 50
