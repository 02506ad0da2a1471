"""Which version a database was made ready for is kept in it, and is never guessed."""

import pytest
from django.db import connection

from prepsite import prepared


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house of one room, with the files that decide its version."""
    monkeypatch.setattr(prepared, "BASE", tmp_path)
    for name in ("plans/apps.py", "plans/content/day.md", "prepsite/urls.py", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    return tmp_path


def address() -> str:
    settings = connection.get_connection_params()
    return "postgres://{user}@/{dbname}?host={host}&port={port}".format(**settings)


@pytest.mark.parametrize(
    "name",
    ["plans/migrations/0001_first.py", "plans/content/day.md", "prepsite/urls.py",
     "requirements.txt"],
)  # fmt: skip
def test_what_may_ask_for_preparing_changes_the_version(house, name):
    before = prepared.version()
    assert prepared.version() == before
    (house / name).parent.mkdir(exist_ok=True)
    (house / name).write_text("another")
    assert prepared.version() != before


def test_what_runs_elsewhere_does_not(house):
    before = prepared.version()
    for name in (".venv/apps.py", "tests/test_x.py", "plans/__pycache__/apps.cpython-311.pyc"):
        (house / name).parent.mkdir(exist_ok=True)
        (house / name).write_text("another")
    assert prepared.version() == before


@pytest.mark.django_db(transaction=True)
def test_a_database_is_ready_for_the_version_it_was_prepared_for(house):
    assert not prepared.is_ready(address())
    with connection.cursor() as cursor:
        prepared.remember(cursor)
    assert prepared.is_ready(address())
    (house / "prepsite/urls.py").write_text("another")
    assert not prepared.is_ready(address())
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE django_migrations IS NULL")


def test_a_database_that_does_not_answer_is_not(house):
    assert not prepared.is_ready("postgres://nobody@/nothing?host=/nowhere")
    assert not prepared.is_ready("not an address")
