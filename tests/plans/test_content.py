"""Templates: shipped, loaded again, imported by the command, edited by staff."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from plans.models import PlanTemplate, TemplateBlock, TemplateLine
from tests.factories import UserFactory, shipped
from tests.plans.factories import template

pytestmark = pytest.mark.django_db
SHIPPED = {
    "one-day": (5, 12, 43),
    "whiteboard": (4, 0, 10),
    "final-checklist": (1, 0, 4),
    "core-signals": (1, 0, 5),
    "practice-questions": (1, 0, 4),
}
DOCUMENT = """\
# ⚡ A weekend

**Goal:** Rest.

## Saturday (2–3 hours) → **Read**

1. **Books**
   * One
   * Two

👉 Tip: Slowly.
"""


@pytest.fixture
def staff(client_of):
    return client_of(UserFactory(username="root", is_staff=True, is_superuser=True))


def load() -> str:
    return str(shipped(PlanTemplate)[0])


def run_import(path: Path, **options) -> str:
    out = io.StringIO()
    call_command("import_plan", path, stdout=out, **options)
    return out.getvalue().splitlines()[-1]


def test_what_is_shipped():
    load()
    found = {row.key: row.outline().counts() for row in PlanTemplate.objects.published()}
    assert found == SHIPPED
    day = PlanTemplate.objects.get(key="one-day")
    assert (day.item_count, day.low, day.high) == (41, 420, 600)


def test_the_day_has_its_hours_and_its_order_for_short_days():
    load()
    outline = PlanTemplate.objects.get(key="one-day").outline()
    assert [(b.label, b.low, b.high) for b in outline.blocks] == [
        ("Morning", 120, 180), ("Midday", 120, 180), ("Afternoon", 120, 120),
        ("Evening", 60, 120), ("", None, None),
    ]  # fmt: skip
    ranked = {line.text: line.rank for b in outline.blocks for line in b.lines if line.rank}
    assert sorted(ranked.values()) == [1, 2, 3]
    assert outline.suggested_hours == 8.5


def test_loading_again_changes_nothing_and_keeps_what_staff_edited(staff):
    load()
    block = TemplateBlock.objects.get(template__key="one-day", label="Morning")
    pks = set(TemplateLine.objects.values_list("pk", flat=True))
    assert "5 unchanged" in load()
    assert set(TemplateLine.objects.values_list("pk", flat=True)) == pks
    save_block(staff, block, label="Early")
    assert "kept as edited here (one-day)" in load()
    block.refresh_from_db()
    assert block.label == "Early"


def save_block(staff, block, **values):
    """Post the admin's page of a block, as it shows it, with `values` changed."""
    url = reverse("admin:plans_templateblock_change", args=[block.pk])
    form = staff.get(url).context["adminform"].form
    inline = staff.get(url).context["inline_admin_formsets"][0].formset
    data = {name: "" if (was := form.initial.get(name)) is None else was for name in form.fields}
    data |= {f"{inline.prefix}-{k}": v for k, v in inline.management_form.initial.items()}
    for row in inline.initial_forms:
        data |= {f"{row.prefix}-{k}": row.initial.get(k) or 0 for k in ("position", "depth", "id")}
        data |= {f"{row.prefix}-{k}": row.initial.get(k) or "" for k in ("kind", "text", "rank")}
        data[f"{row.prefix}-id"] = row.instance.pk
        data[f"{row.prefix}-block"] = block.pk
    data[f"{inline.prefix}-TOTAL_FORMS"] = inline.initial_form_count()
    response = staff.post(url, data | values)
    assert response.status_code == 302, response.context["errors"]
    assert response.url == reverse("admin:plans_plantemplate_change", args=[block.template_id])


def test_staff_edit_a_block_and_its_lines(staff):
    row = template()
    block = row.blocks.first()
    save_block(
        staff,
        block,
        intro="Read **this**.",
        **{"lines-1-text": "New `text`", "lines-1-position": "9"},
    )
    block.refresh_from_db()
    assert "<strong>this</strong>" in block.intro_html
    last = block.lines.last()
    assert (last.text, last.html) == ("New `text`", "New <code>text</code>")
    assert [line.position for line in block.lines.all()] == list(range(6))
    row.refresh_from_db()
    assert row.edited_at


def test_the_admin_previews_every_line_and_wears_the_house_s_colours(staff):
    block = template().blocks.first()
    url = reverse("admin:plans_templateblock_change", args=[block.pk])
    page = staff.get(url).content.decode()
    # The introduction, each line, one new line, and the pattern that further ones are made of.
    assert page.count('class="markdownx-preview"') == 1 + block.lines.count() + 2
    assert "css/admin/site.css" in page
    assert "Django administration" not in page


def test_a_line_without_a_number_goes_to_the_end(staff):
    block = template().blocks.first()
    new = {"kind": "task", "depth": "0", "text": "Breathe", "position": "", "block": block.pk}
    values = {f"lines-6-{name}": value for name, value in new.items()}
    save_block(staff, block, **values, **{"lines-TOTAL_FORMS": "7"})
    assert [line.text for line in block.lines.all()][-2:] == ["Name the trade-off.", "Breathe"]
    assert [line.position for line in block.lines.all()] == list(range(7))


def test_unpublished_and_retired_templates_are_not_offered(alice, client_of):
    row = template()
    client = client_of(alice)
    url = reverse("plans:template", args=[row.key])
    assert client.get(url).status_code == 200
    PlanTemplate.objects.update(published=False)
    assert client.get(url).status_code == 404
    assert "A small plan" not in client.get(reverse("plans:list")).content.decode()


def test_import_says_what_it_imported_and_updates(tmp_path):
    file = tmp_path / "weekend.md"
    file.write_text(DOCUMENT)
    line = 'imported "A weekend": 1 blocks, 1 sections, 3 items'
    assert run_import(file) == line
    assert run_import(file) == line
    assert PlanTemplate.objects.count() == 1
    file.write_text(DOCUMENT + "\n* Three\n")
    assert run_import(file).endswith("4 items")
    load()
    assert PlanTemplate.objects.get(key="a-weekend").retired_at is None


def test_import_does_not_write_over_shipped_or_edited_templates(tmp_path):
    load()
    file = tmp_path / "day.md"
    file.write_text("---\nid: one-day\n---\n" + DOCUMENT)
    with pytest.raises(CommandError, match="came with Prepsite and is kept"):
        run_import(file)
    assert PlanTemplate.objects.get(key="one-day").outline().counts() == SHIPPED["one-day"]
    run_import(file, replace=True)
    assert PlanTemplate.objects.get(key="one-day").title == "A weekend"


@pytest.mark.parametrize("content", [b"# Plan\n\n## A (9-1 h)\n\n- a", b"\xff\xfe\x00", b""])
def test_a_bad_file_changes_nothing(tmp_path, content):
    file = tmp_path / "bad.md"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=re.escape("bad.md:")) as caught:
        run_import(file)
    assert "Nothing was changed." in str(caught.value)
    assert not PlanTemplate.objects.exists()


@pytest.mark.parametrize("key", ["x" * 101, "../../etc/passwd", "Two Words"])
def test_an_id_that_is_none_is_named_with_its_line(tmp_path, key):
    path = tmp_path / "plan.md"
    path.write_text(f"---\nsummary: Short.\nid: {key}\n---\n# Mine\n\n- [ ] One\n")
    with pytest.raises(CommandError, match=r"plan.md:3: The id .* lower-case words with hyphens"):
        run_import(path)
    assert not PlanTemplate.objects.exists()
