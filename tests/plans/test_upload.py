"""A plan of one's own: uploaded or pasted, saved as a file, refused with the text kept."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.models import Item, Plan
from tests.plans.factories import item, plan_of

pytestmark = pytest.mark.django_db
URL = "plans:upload"
TEXT = "# Mine\n\n## Morning (2h)\n\n- [x] slept\n- [ ] eat\n  - bread\n"


def send(client, text="", file=None):
    data = {"text": text, "key": str(uuid.uuid4())}
    if file is not None:
        data["file"] = SimpleUploadedFile("mine.md", file)
    return client.post(reverse(URL), data)


@pytest.mark.parametrize("way", ["text", "file"])
def test_a_document_becomes_a_plan_with_its_ticks(alice, client_of, way):
    client = client_of(alice)
    response = send(client, TEXT) if way == "text" else send(client, file=TEXT.encode())
    plan = Plan.objects.for_user(alice).get()
    assert response.url == reverse("plans:detail", args=[plan.pk])
    assert (plan.title, item(plan, "slept").state, item(plan, "eat").state) == (
        "Mine", "done", "open")  # fmt: skip
    assert item(plan, "bread").depth == 1


def test_sent_twice_is_one_plan_and_changed_is_another(alice, client_of):
    """The Back button brings the form back with the key it had."""
    key = str(uuid.uuid4())
    texts = [TEXT, TEXT, f"{TEXT}- [ ] run\n"]
    sent = [client_of(alice).post(reverse(URL), {"text": text, "key": key}) for text in texts]
    assert sent[0].url == sent[1].url != sent[2].url
    assert Plan.objects.for_user(alice).count() == 2


def test_a_mistake_keeps_the_text_and_changes_nothing(alice, client_of):
    text = "# Mine\n\nnothing to tick <b>here</b>"
    response = send(client_of(alice), text)
    page = response.content.decode()
    assert response.status_code == 422
    assert "pasted text:1: There is no list in it" in page
    assert "nothing to tick &lt;b&gt;here&lt;/b&gt;" in page
    assert not Plan.objects.exists()


def test_nothing_at_all_is_explained(alice, client_of):
    response = send(client_of(alice))
    assert response.status_code == 422
    assert "Choose a Markdown file or paste the text" in response.content.decode()


def test_an_empty_file_is_called_empty_and_nothing_else(alice, client_of):
    page = send(client_of(alice), file=b"").content.decode()
    assert "The submitted file is empty." in page
    assert "Choose a Markdown file" not in page


HOSTILE = {
    "zip": b"PK\x03\x04" + b"\x00" * 400,
    "not utf-8": b"# \xc3\x28\n\n- a",
    "nul": b"# a\n\n- b\x00c",
    "one long line": b"- " + b"x" * 900_000,
    "deep lists": b"".join(b"  " * n + b"- a\n" for n in range(400)),
    "deep quotes": b">" * 5000 + b" a",
    "brackets": b"- " + b"[" * 20_000,
    "yaml bomb": b"---\na: &a [x,x]\nb: *a\n---\n- a",
    "too large": b"- a\n" * 300_000,
    "empty": b"",
    "surrogates": b"# a\n\n- \\ud800",
    "front matter open": b"---\ntitle: x\n",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_refused_or_a_plan_but_never_an_error(alice, client_of, name):
    response = send(client_of(alice), file=HOSTILE[name])
    assert response.status_code in (302, 422)
    if response.status_code == 422:
        assert not Plan.objects.exists()


def test_lone_surrogates_and_controls_in_pasted_text(alice, client_of):
    body = f"key={uuid.uuid4()}&text=%23%20a%01%0A%0A-%20b%ED%A0%80c%00"
    form = "application/x-www-form-urlencoded"
    response = client_of(alice).post(reverse(URL), body, content_type=form)
    assert response.status_code in (302, 422)


def test_a_saved_plan_comes_back_with_its_ticks(alice, client_of):
    plan = plan_of(alice)
    Item.objects.filter(pk=item(plan, "Lambda").pk).update(done_at=plan.created_at)
    Item.objects.filter(pk=item(plan, "Queues").pk).update(left_out_at=plan.created_at)
    noted = item(plan, "Pipelines")
    noted.note = "# Not a heading\n\nTwo *lines*,\nand `code`.\n\n- a list"
    noted.save()
    client = client_of(alice)
    response = client.get(reverse("plans:export", args=[plan.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="a-small-plan.md"'
    send(client, response.content.decode())
    again = Plan.objects.for_user(alice).exclude(pk=plan.pk).get()
    assert item(again, "Lambda").state == "done"
    assert (item(again, "Queues").state, item(again, "Queues").depth) == ("left-out", 1)
    assert item(again, "Pipelines").note == noted.note
    second = client.get(reverse("plans:export", args=[again.pk]))
    assert second.content == response.content
