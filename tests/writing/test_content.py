"""Loading shared content: idempotent, careful with what staff wrote, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.apps.registry import Apps
from django.contrib.admin import AdminSite
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from writing import content
from writing.admin import SharedContentAdmin
from writing.content import ContentErrors, ContentSource, SharedContent, load
from writing.documents import List, properties

NOW = datetime(2026, 1, 2, 3, tzinfo=UTC)


class Leaflet(SharedContent):
    """A room's model, in a registry of its own: no migration knows it."""

    title = models.CharField(max_length=20)
    size = models.IntegerField(default=0)

    class Meta:
        app_label = "writing"
        apps = Apps()
        ordering = ["key"]

    def fill(self, parsed):
        self.title, self.size = parsed
        self.save()


@pytest.fixture
def leaflet():
    return Leaflet


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "room" / "content"
    path.mkdir(parents=True)
    return path


@pytest.fixture
def write(folder):
    def write_file(name, key, title="A title", body="- a\n"):
        text = f"---\nid: {key}\n---\n# {title}\n\n{body}"
        (folder / f"{name}.md").write_text(text)

    return write_file


def parse(document):
    lists = [node for node in document.nodes if isinstance(node, List)]
    if not lists:
        raise document.error("A leaflet needs a list.", 5)
    return document.title, len(lists[0].items)


@pytest.fixture
def source(leaflet, folder, monkeypatch):
    monkeypatch.setattr(content, "_sources", {})
    source = ContentSource(leaflet, folder, parse, leaflet.fill)
    content.register(source)
    return source


@pytest.fixture
def table(db, leaflet):
    with connection.schema_editor() as editor:
        editor.create_model(leaflet)


@pytest.fixture
def run(source, table):
    def load_now(**kwargs):
        [report] = load(NOW, **kwargs)
        return str(report)

    return load_now


def rows(leaflet):
    return list(leaflet.objects.values_list("key", "title", "size"))


def test_files_become_rows(run, write, leaflet):
    write("b", "two", "Two", "- a\n- b\n")
    write("a", "one", "One")
    assert run() == "leaflets: 2 new"
    assert rows(leaflet) == [("one", "One", 1), ("two", "Two", 2)]
    assert leaflet.objects.published().count() == 2


def test_nothing_changed_writes_nothing(run, write, source):
    for number in range(5):
        write(number, f"leaflet-{number}")
    run()
    with CaptureQueriesContext(connection) as queries:
        assert run() == "leaflets: 5 unchanged"
    statements = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) == 2
    assert all(sql.startswith("SELECT") for sql in statements)


def test_an_unchanged_file_is_not_even_parsed(run, write, source, leaflet, monkeypatch):
    write("a", "one")
    run()
    monkeypatch.setattr(content, "read", None)
    assert run() == "leaflets: 1 unchanged"


def test_a_changed_file_updates_its_row(run, write, folder, leaflet):
    write("a", "one")
    run()
    before = leaflet.objects.get()
    write("renamed", "one", "Anew", "- a\n- b\n")
    (folder / "a.md").unlink()
    assert run() == "leaflets: 1 updated"
    after = leaflet.objects.get()
    assert (after.pk, after.title, after.size) == (before.pk, "Anew", 2)


def test_an_edited_row_is_kept_and_reported(run, write, leaflet, rf):
    write("a", "one")
    run()
    row = leaflet.objects.get()
    row.title = "Staff's own"
    SharedContentAdmin(leaflet, AdminSite()).save_model(rf.post("/"), row, None, True)
    assert run() == "leaflets: 1 kept as edited here (one)"
    write("a", "one", "The file's")
    assert run() == "leaflets: 1 kept as edited here (one)"
    assert run(again=True) == "leaflets: 1 kept as edited here (one)"
    assert leaflet.objects.get().title == "Staff's own"
    assert run(replace={"one"}) == "leaflets: 1 updated"
    row.refresh_from_db()
    assert (row.title, row.edited_at) == ("The file's", None)


def test_a_row_made_in_the_admin_is_nobody_elses(run, write, leaflet):
    leaflet.objects.create(key="own", title="Own")
    leaflet.objects.create(key="one", title="Own too")
    write("a", "one")
    assert run() == "leaflets: 1 kept as edited here (one)"
    assert rows(leaflet) == [("one", "Own too", 0), ("own", "Own", 0)]
    assert leaflet.objects.published().count() == 2


def test_a_file_that_went_away_retires_its_row(run, write, folder, leaflet):
    write("a", "one")
    write("b", "two")
    run()
    (folder / "a.md").unlink()
    assert run() == "leaflets: 1 retired, 1 unchanged"
    assert leaflet.objects.get(key="one").retired_at == NOW
    assert [row.key for row in leaflet.objects.published()] == ["two"]
    assert run() == "leaflets: 1 unchanged"
    write("a", "one")
    assert run() == "leaflets: 1 restored, 1 unchanged"
    (folder / "a.md").unlink()
    run()
    write("a", "one", "Back")
    assert run() == "leaflets: 1 updated, 1 unchanged"
    assert leaflet.objects.published().count() == 2


def test_an_edited_row_outlives_its_file(run, write, folder, leaflet):
    write("a", "one")
    run()
    leaflet.objects.update(edited_at=NOW)
    (folder / "a.md").unlink()
    assert run() == "leaflets: 1 kept as edited here (one)"
    assert leaflet.objects.published().exists()


def test_unpublished_stays_unpublished(run, write, leaflet):
    write("a", "one")
    run()
    leaflet.objects.update(published=False)
    write("a", "one", "Anew")
    run()
    assert leaflet.objects.get().published is False


def test_a_new_version_applies_every_file_again(run, write, source, leaflet):
    write("a", "one")
    run()
    newer = ContentSource(leaflet, source.folder, parse, leaflet.fill, version=2)
    assert run(only=[newer]) == "leaflets: 1 updated"
    assert run(only=[newer]) == "leaflets: 1 unchanged"
    assert run(only=[newer], again=True) == "leaflets: 1 updated"


def test_every_mistake_is_named_and_nothing_changes(run, write, folder, leaflet, capsys):
    write("good", "good")
    write("a", "one", body="no list")
    write("b", "Two!")
    (folder / "c.md").write_text("# no id\n")
    (folder / "d.md").write_bytes(b"---\nid: d\n---\n\xff")
    write("good-too", "good")
    with pytest.raises(ContentErrors) as caught:
        run()
    assert [str(error) for error in caught.value.errors] == [
        "room/content/a.md:5: A leaflet needs a list.",
        'room/content/b.md:2: The id "Two!" must be lower-case words with hyphens, '
        "at most 100 characters.",
        'room/content/c.md:1: The front matter needs a line "id: …".',
        "room/content/d.md:4: This is not text in UTF-8: save the document as UTF-8 Markdown.",
        'room/content/good.md:1: room/content/good-too.md has the id "good" too.',
    ]
    assert rows(leaflet) == []


def test_what_the_database_refuses_names_its_file(run, write, leaflet):
    write("a", "one")
    write("b", "two", "T" * 21)
    with pytest.raises(ContentErrors, match=r"^room/content/b\.md:1: This cannot be stored: value"):
        run()
    assert rows(leaflet) == []


def test_a_missing_folder_retires_nothing(run, write, folder, leaflet):
    write("a", "one")
    run()
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(ContentErrors, match="content folder is missing"):
        run()
    assert leaflet.objects.published().count() == 1


def test_the_command(source, table, write, capsys):
    write("a", "one")
    call_command("load_content")
    assert capsys.readouterr().out == "leaflets: 1 new\n"
    write("b", "two", body="no list")
    with pytest.raises(CommandError) as caught:
        call_command("load_content")
    assert str(caught.value) == (
        "room/content/b.md:5: A leaflet needs a list.\nNothing was changed."
    )
    assert caught.value.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_load_once(source, leaflet, write):
    for number in range(10):
        write(number, f"leaflet-{number}")
    with connection.schema_editor() as editor:
        editor.create_model(leaflet)

    def once(_):
        try:
            return str(load(NOW)[0])
        finally:
            connection.close()

    try:
        with ThreadPoolExecutor(4) as pool:
            found = sorted(pool.map(once, range(4)))
        assert found == ["leaflets: 10 new", *["leaflets: 10 unchanged"] * 3]
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(leaflet)


def parse_section(document):
    section, entries, rest = properties(document)
    if "size" not in entries:
        raise document.error("A leaflet needs a size.", section.line)
    return f"{document.title} {section.text}", int(entries["size"].text) + len(rest)


class TestSplit:
    """A file with many rows, one for each heading of level 2."""

    @pytest.fixture
    def source(self, leaflet, folder, monkeypatch):
        monkeypatch.setattr(content, "_sources", {})
        source = ContentSource(leaflet, folder, parse_section, leaflet.fill, split=True)
        content.register(source)
        return source

    @pytest.fixture
    def write(self, folder):
        def write_file(name, *sections):
            head = f"---\nid: {name}\n---\n# {name.title()}\n\nIntroduction.\n"
            (folder / f"{name}.md").write_text("\n".join([head, *sections]))

        return write_file

    @staticmethod
    def section(key, title="One", size=1, more=""):
        return f"## {title}\n- id: {key}\n- size: {size}\n{more}"

    def test_each_section_is_a_row(self, run, write, leaflet):
        fenced = "\n```\n## no heading\n```\n"
        write("a", self.section("one", more=fenced), self.section("two", "Two", 5))
        write("b", self.section("three", "Three"))
        assert run() == "leaflets: 3 new"
        assert rows(leaflet) == [("one", "A One", 2), ("three", "B Three", 1), ("two", "A Two", 5)]
        assert run() == "leaflets: 3 unchanged"

    def test_a_changed_section_leaves_the_others(self, run, write, leaflet):
        write("a", self.section("one"), self.section("two"), self.section("three"))
        run()
        leaflet.objects.filter(key="two").update(title="Staff's own", edited_at=NOW)
        write("a", self.section("one", size=7), self.section("two", size=8), self.section("three"))
        assert run() == "leaflets: 1 updated, 1 kept as edited here (two), 1 unchanged"
        assert rows(leaflet) == [
            ("one", "A One", 7),
            ("three", "A One", 1),
            ("two", "Staff's own", 1),
        ]

    def test_a_section_that_went_away_retires_its_row(self, run, write, leaflet):
        write("a", self.section("one"), self.section("two"))
        run()
        write("a", self.section("one"))
        assert run() == "leaflets: 1 retired, 1 unchanged"
        assert [row.key for row in leaflet.objects.published()] == ["one"]
        write("a", self.section("one"), self.section("two"))
        assert run() == "leaflets: 1 restored, 1 unchanged"

    def test_a_change_of_the_front_matter_or_the_place_applies_again(self, run, write, folder):
        write("a", self.section("one"), self.section("two"))
        run()
        write("a", self.section("two"), self.section("one"))
        assert run() == "leaflets: 2 updated"
        path = folder / "a.md"
        path.write_text(path.read_text().replace("---\n#", "kind: large\n---\n#"))
        assert run() == "leaflets: 2 updated"

    def test_every_mistake_names_the_line_of_the_file(self, run, write, folder, leaflet):
        write("a", self.section("one"), "## Two\n- size: 1\n", "## Three\nWords\n")
        write("b", "## Four\n- id: four\n", self.section("one"), self.section("Five"))
        write("c")
        write("d", "## Six\n- id: six\n- id: six\n", "## Seven\n- id: seven\n- plain\n")
        with pytest.raises(ContentErrors) as caught:
            run()
        assert [str(error) for error in caught.value.errors] == [
            'room/content/a.md:13: The first entry below a heading is "- id: …".',
            'room/content/a.md:15: Right below a heading "- id: …" is expected.',
            "room/content/b.md:8: A leaflet needs a size.",
            'room/content/b.md:11: room/content/a.md:8 has the id "one" too.',
            'room/content/b.md:16: The id "Five" must be lower-case words with hyphens, '
            "at most 100 characters.",
            'room/content/c.md:1: The file has no section: a heading "## …".',
            'room/content/d.md:10: "id" stands here twice.',
            'room/content/d.md:14: Here "- name: value" is expected.',
        ]
        assert rows(leaflet) == []

    def test_what_the_database_refuses_names_its_section(self, run, write):
        write("a", self.section("one"), self.section("two", "T" * 21))
        with pytest.raises(ContentErrors, match=r"^room/content/a\.md:12: This cannot be stored"):
            run()
