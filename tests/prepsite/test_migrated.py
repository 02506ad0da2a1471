"""The migrated database that every run begins with a copy of."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.migrated import fingerprint


@pytest.mark.django_db
def test_every_migration_has_run_in_it():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_another_migration_makes_another_one(tmp_path):
    for name in ("requirements-dev.txt", "prepsite/settings.py", "prepsite/database.py"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    seen = {fingerprint(tmp_path), fingerprint(tmp_path)}
    assert len(seen) == 1
    room = tmp_path / "plans" / "migrations"
    room.mkdir(parents=True)
    for words in ("one = 1", "one = 2"):
        Path(room / "0001_initial.py").write_text(words)
        seen.add(fingerprint(tmp_path))
    Path(room / "0001_initial.py").rename(room / "0001_first.py")
    seen.add(fingerprint(tmp_path))
    assert len(seen) == 4
