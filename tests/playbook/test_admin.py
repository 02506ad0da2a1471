"""Staff edit every part; nothing of a row is lost on the way, and no load overwrites it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import field_lines
from playbook.models import Playbook, Row, Section, StudyNote
from tests.factories import UserFactory
from tests.playbook.factories import note, playbook
from writing.content import load, sources

SOURCE = """# T

## Which
- kind: matrix

### Redis
- Best for: Copies
- Trade-offs: Memory
  - and a nested line

### Plain

## List

- **A**: with a colon: like this
"""

words = st.text("ab: -(", max_size=12).map(str.strip)
texts = st.lists(words, min_size=1, max_size=3).map("\n".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["", "Best for", "On AWS"]), texts), max_size=4))
def test_fields_come_back_as_they_went(pairs):
    fields = [[label, text] for label, text in pairs if text.strip() and text == text.strip()]
    fields = [pair for pair in fields if pair[1].split("\n")[0]]
    assert field_lines.read(field_lines.write(fields)) == fields


def test_lines_are_read_as_people_write_them():
    lines = "Best for: copies\r\n\r\nOn AWS : ElastiCache\r\n  and more\r\nno label\r\n: a: b"
    assert field_lines.read(lines) == [
        ["Best for", "copies"], ["On AWS", "ElastiCache\nand more"], ["", "no label"], ["", "a: b"],
    ]  # fmt: skip


@pytest.fixture
def staff(db, client_of):
    return client_of(UserFactory(username="root", is_staff=True, is_superuser=True))


def form_of(page) -> dict[str, object]:
    """What the browser would send back of the admin's form."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        for each in (formset.management_form, *formset.forms):
            data |= {each.add_prefix(name): each[name].value() for name in each.fields}
    return {name: "" if value is None else value for name, value in data.items()}


def test_a_section_saved_unchanged_is_unchanged_but_marked(staff):
    book = playbook("t", SOURCE)
    for section in Section.objects.filter(playbook=book):
        url = reverse("admin:playbook_section_change", args=[section.pk])
        before = list(Row.objects.order_by("pk").values())
        response = staff.post(url, form_of(staff.get(url)))
        assert response.status_code == 302, response.context["errors"]
        assert list(Row.objects.order_by("pk").values()) == before
    book.refresh_from_db()
    assert book.edited_at


def test_an_edited_row_survives_a_load(staff):
    load(timezone.now(), only=[source for source in sources() if source.model is Playbook])
    row = Row.objects.get(key="phrase-cap")
    url = reverse("admin:playbook_section_change", args=[row.section_id])
    data = form_of(staff.get(url))
    name = next(name for name, value in data.items() if value == row.name)
    response = staff.post(url, data | {name: "“This is PACELC”"})
    assert response.status_code == 302, response.context["errors"]
    (report,) = load(timezone.now(), again=True, only=[s for s in sources() if s.model is Playbook])
    row.refresh_from_db()
    assert row.name == "“This is PACELC”" and report.kept == ["technical-framework"]
    assert "PACELC" in staff.get(row.playbook.get_absolute_url()).content.decode()


def test_a_note_is_edited(staff):
    row = note()
    url = reverse("admin:playbook_studynote_change", args=[row.pk])
    data = form_of(staff.get(url)) | {"body": "A cache is *another* copy.", "terms": "cache"}
    response = staff.post(url, data)
    assert response.status_code == 302, response.context["errors"]
    edited = StudyNote.objects.get(pk=row.pk)
    assert edited.edited_at and "<em>another</em>" in edited.html


@pytest.mark.parametrize("model", ["playbook", "section", "studynote"])
def test_the_lists_and_pages_open(staff, model):
    playbook(), note()
    assert staff.get(reverse(f"admin:playbook_{model}_changelist")).status_code == 200
    if model != "section":
        assert staff.get(reverse(f"admin:playbook_{model}_add")).status_code == 200
