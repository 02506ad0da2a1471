"""`prepare` may be repeated, and does only what is left to do."""

from io import StringIO

import pytest
from django.core.management import call_command

from prepsite.management.commands import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(monkeypatch) -> dict[str, str]:
    """Stands for the content files, and counts how often they are loaded."""
    files = {"digest": "first", "loaded": ""}

    def call(name: str, **options) -> None:
        if name == "load_content":
            files["loaded"] += "."
        else:
            call_command(name, **options)

    monkeypatch.setattr(prepare, "get_commands", lambda: {"load_content": "writing"})
    monkeypatch.setattr(prepare, "call_command", call)
    monkeypatch.setattr(prepare, "_content_digest", lambda: files["digest"])
    return files


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("prepare", *arguments, stdout=out)
    return out.getvalue()


def test_content_is_loaded_when_it_changed(files):
    assert run("--changed") == "Loading the starter content\n"
    assert run("--changed") == ""
    files["digest"] = "second"
    assert run("--changed") == "Loading the starter content\n"
    assert files["loaded"] == ".."


def test_content_is_always_loaded_when_asked(files):
    run()
    run()
    assert files["loaded"] == ".."


def test_the_digest_follows_the_files(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    file = tmp_path / "plans" / "content" / "one-day.md"
    file.parent.mkdir(parents=True)
    file.write_text("one")
    before = prepare._content_digest()
    assert prepare._content_digest() == before
    file.write_text("two")
    assert prepare._content_digest() != before


def test_others_wait_their_turn():
    from django.db import connection

    with prepare._alone(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert cursor.fetchone() == (1,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert cursor.fetchone() == (0,)
