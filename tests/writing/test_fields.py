"""Rendered text follows its source."""

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, models
from django.utils.safestring import SafeString

from writing.fields import RenderedField


class Note(models.Model):
    """In a registry of its own: no migration knows it."""

    title = models.TextField()
    title_html = RenderedField("title", inline=True)
    body = models.TextField()
    body_html = RenderedField("body", top=2)
    order = models.IntegerField(default=0)

    class Meta:
        app_label = "writing"
        apps = Apps()


@pytest.fixture
def note(db):
    """The model with a table, which is gone with the test's transaction."""
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    return Note


def test_saving_renders(note):
    row = note.objects.create(title="*a*", body="# b")
    row.refresh_from_db()
    assert row.title_html == "<em>a</em>"
    assert row.body_html == "<h2>b</h2>\n"
    assert isinstance(row.body_html, SafeString)


def test_every_way_to_save_renders(note):
    note.objects.bulk_create([note(title="*a*", body="b")])
    row, _ = note.objects.update_or_create(title="*a*", defaults={"body": "c"})
    row.refresh_from_db()
    assert (row.title_html, row.body_html) == ("<em>a</em>", "<p>c</p>\n")


def test_markup_set_by_hand_is_replaced(note):
    row = note.objects.create(title="a", body="b", body_html=SafeString("<script>"))
    row.refresh_from_db()
    assert row.body_html == "<p>b</p>\n"


def test_half_a_save_is_refused(note):
    row = note.objects.create(title="a", body="b")
    row.body = "c"
    with pytest.raises(ValueError, match="body_html"):
        row.save(update_fields=["body"])
    row.save(update_fields=["body", "body_html"])
    row.refresh_from_db()
    assert row.body_html == "<p>c</p>\n"


def test_other_fields_save_without_rendering(note, monkeypatch):
    row = note.objects.create(title="a", body="b")
    monkeypatch.setattr(RenderedField, "render", None)
    row.order = 3
    row.save(update_fields=["order"])
    row.refresh_from_db()
    assert row.order == 3


def test_rendering_everything_again(note, monkeypatch, capsys):
    stale = note.objects.create(title="a", body="b")
    note.objects.create(title="a", body="b")
    note.objects.filter(pk=stale.pk).update(body_html="old")
    monkeypatch.setattr("django.apps.apps.get_models", lambda: [note])
    call_command("render_markdown")
    stale.refresh_from_db()
    assert stale.body_html == "<p>b</p>\n"
    assert "1 rendered again" in capsys.readouterr().out


def test_a_migration_can_name_the_field():
    _, path, args, kwargs = RenderedField("body").deconstruct()
    assert (path, args, kwargs) == ("writing.fields.RenderedField", [], {"source": "body"})
