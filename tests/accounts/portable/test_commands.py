"""Export and import at the terminal."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.management.progress import Bar
from tests.accounts.portable.world import everything, state
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def run(*args, **options) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_out_and_in_again(alice, tmp_path):
    everything(alice)
    file = tmp_path / "alice.zip"
    assert run("export_account", "ALICE", str(file)).startswith(f"Wrote {file}")
    assert file.stat().st_mode & 0o077 == 0
    zed = UserFactory(username="zed")
    said = run("import_account", "zed", str(file), "--yes", "--with-settings")
    assert "rows are new in the account of zed" in said
    assert state(zed) == state(alice)
    assert run("import_account", "zed", str(file), "--yes").startswith("0 rows are new")


def test_asks_first(alice, tmp_path, monkeypatch):
    file = tmp_path / "alice.zip"
    everything(alice)
    run("export_account", "alice", str(file))
    zed = UserFactory(username="zed")
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("import_account", "zed", str(file))
    assert not any(state(zed).values())


def test_without_anybody_to_ask_it_names_the_way(alice, tmp_path, monkeypatch):
    def nobody(question):
        raise EOFError

    file = tmp_path / "alice.zip"
    run("export_account", "alice", str(file))
    monkeypatch.setattr("builtins.input", nobody)
    for command in (("import_account", "alice", str(file)), ("restore", str(file))):
        with pytest.raises(CommandError, match=r"Nothing was changed: nobody .* --yes"):
            run(*command)


@pytest.mark.parametrize("command", ["export_account", "import_account"])
def test_nobody_of_that_name(db, command, tmp_path):
    with pytest.raises(CommandError, match="no account called nobody"):
        call_command(command, "nobody", str(tmp_path / "x.zip"))


def test_a_file_that_is_none(alice, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_account", "alice", str(tmp_path / "none.zip"))
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    with pytest.raises(CommandError, match=r"Nothing was changed\. This is no export"):
        call_command("import_account", "alice", str(tmp_path / "bad.zip"))


def test_a_file_that_cannot_be_written_leaves_nothing(alice, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_account", "alice", str(tmp_path / "no" / "x.zip"))
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_drawn_at_a_terminal_and_nowhere_else():
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        bar = Bar(4, "Bringing in", stream)
        for done in (0, 2, 2, 4):
            bar.at(done)
        bar.end()
    assert [f"{n:3} %" in terminal.getvalue() for n in (0, 50, 100)] == [True] * 3
    assert terminal.getvalue().count("50 %") == 1
    assert pipe.getvalue() == ""
