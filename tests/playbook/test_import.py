"""`import_playbook` takes a person's own document, says what it took, and repeats safely."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from playbook.models import Playbook, Row
from tests.playbook.factories import FRAMEWORK

pytestmark = pytest.mark.django_db
KEY = "imported-a-framework"


def run(path) -> str:
    out = StringIO()
    call_command("import_playbook", path, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(FRAMEWORK)
    return path


def test_it_states_its_counts_and_repeats_safely(file):
    last = run(file).splitlines()[-1]
    assert last == f"imported “A framework” as {KEY}: 5 sections, 8 rows (new)"
    before = list(Row.objects.order_by("pk").values())
    assert "(unchanged)" in run(file)
    assert list(Row.objects.order_by("pk").values()) == before


def test_a_changed_document_updates(file):
    run(file)
    file.write_text(FRAMEWORK.replace("Keys", "Known keys"))
    assert "(updated)" in run(file)
    assert Row.objects.get(name="DynamoDB").values["best for"] == "Known keys"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"edited_at": timezone.now()}, "kept as it was edited here"),
        ({"source_digest": "x"}, "kept as it comes with the site"),
        ({"imported_from": ""}, "kept as it was made here"),
    ],
)
def test_what_is_not_the_imports_own_is_kept(file, state, words):
    run(file)
    Playbook.objects.update(**state)
    file.write_text(FRAMEWORK.replace("Keys", "Known keys"))
    assert words in run(file)
    assert Row.objects.get(name="DynamoDB").values["best for"] == "Keys"


def test_a_mistake_changes_nothing(file):
    file.write_text("no title")
    with pytest.raises(CommandError, match=r"mine\.md:1: .*title.*\nNothing was changed"):
        run(file)
    with pytest.raises(CommandError, match="No such file"):
        run(file.with_name("none.md"))
    assert not Playbook.objects.exists()
