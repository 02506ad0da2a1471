"""Lines of a plan: ticked, left out, moved, edited, removed, added."""

import html
import re
import threading
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.models import Item
from tests.plans.factories import item, plan_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def post(client, verb, line, data=None, **headers):
    return client.post(reverse(f"plans:{verb}", args=[line.pk]), data or {}, **headers)


def states(plan):
    rows = Item.objects.for_user(plan.owner).filter(plan=plan, kind="task")
    return {row.text.split(":")[0]: row.state for row in rows}


def order(plan):
    rows = Item.objects.for_user(plan.owner).filter(plan=plan, removed_at=None)
    return [r.text[:8] for r in rows.order_by("block__position", "position", "id")]


def test_a_tick_sets_and_never_toggles(alice, client_of):
    line = item(plan_of(alice), "Lambda")
    for _ in range(3):
        response = post(client_of(alice), "tick", line)
        assert response.url.endswith(f"#line-{line.pk}")
    first = Item.objects.get(pk=line.pk).done_at
    assert first is not None
    post(client_of(alice), "tick", line)
    assert Item.objects.get(pk=line.pk).done_at == first
    post(client_of(alice), "open", line)
    assert Item.objects.get(pk=line.pk).state == "open"


def test_one_answer_moves_everything(alice, client_of):
    plan = plan_of(alice)
    line = item(plan, "Lambda")
    page = post(client_of(alice), "tick", line, **HTMX).content.decode()
    assert f'id="line-{line.pk}"' in page and 'aria-pressed="true"' in page
    assert "1 of 3" in page and "1 of 5" in page
    assert 'id="pace"' in page
    following = item(plan, "Queues")
    assert f'id="line-{following.pk}"' in page and "Next" in page
    assert reverse("plans:open", args=[line.pk]) in page  # the way back
    assert "Pipelines" not in page


def test_a_tick_asks_a_fixed_number_of_questions(alice, client_of, django_assert_num_queries):
    line = item(plan_of(alice), "Lambda")
    client = client_of(alice)
    with django_assert_num_queries(6):  # session, user, line+plan, UPDATE, blocks, lines
        post(client, "tick", line, **HTMX)


def test_a_tick_before_the_clock_starts_shares_the_time_anew(alice, client_of):
    """What it leaves to the other block stands there too, as on the page."""
    plan = plan_of(alice)
    other = plan.blocks.last()
    line = item(plan, "Lambda")
    answer = post(client_of(alice), "tick", line, **HTMX).content.decode()
    assert f'id="head-{other.pk}"' not in answer
    post(client_of(alice), "open", line)
    plan.set_pace(timezone.now() + timedelta(days=1), 90)
    answer = post(client_of(alice), "tick", line, **HTMX).content.decode()
    page = client_of(alice).get(reverse("plans:detail", args=[plan.pk])).content.decode()
    [head] = re.findall(rf'id="head-{other.pk}".*?</header>', page, re.DOTALL)
    assert re.search(r" · 5\d minutes", head)
    assert re.search(r" · 5\d minutes", answer.split(f'id="head-{other.pk}"')[1])


def test_leaving_a_section_out_and_taking_it_back(alice, client_of):
    plan = plan_of(alice)
    post(client_of(alice), "tick", item(plan, "Lambda"))
    post(client_of(alice), "leave-out", item(plan, "Serverless"))
    assert states(plan)["Lambda"] == "done"
    assert states(plan)["Queues and topics"] == "left-out"
    assert states(plan)["Pipelines"] == "open"
    post(client_of(alice), "open", item(plan, "Serverless"))
    assert states(plan)["Queues and topics"] == "open"
    assert states(plan)["Lambda"] == "done"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_undo_of_a_section_leaves_out_what_was_left_out_before(alice, client_of, headers):
    plan, client = plan_of(alice), client_of(alice)
    post(client, "leave-out", item(plan, "Lambda"))
    before = states(plan)
    answer = post(client, "leave-out", item(plan, "Serverless"), follow=not headers, **headers)
    assert states(plan)["Queues and topics"] == "left-out"
    undo = re.search(r'action="([^"]+/open/\?left-out=[^"]*)"', answer.content.decode())[1]
    client.post(html.unescape(undo))
    assert states(plan) == before and before["Lambda"] == "left-out"
    post(client, "open", item(plan, "Serverless"))
    assert states(plan)["Lambda"] == "open"


@pytest.mark.parametrize("named", ["yesterday", "2026-11-20T10:00:00", "\0"])
def test_an_undo_of_no_moment_is_not_there(alice, client_of, named):
    line = item(plan_of(alice), "Serverless")
    address = f"{reverse('plans:open', args=[line.pk])}?{urlencode({'left-out': named})}"
    assert client_of(alice).post(address).status_code == 404


def test_what_is_left_out_at_the_pace_leads_back_to_it(alice, client_of):
    """There the next of them stands, not at the line."""
    plan = plan_of(alice)
    plan.set_pace(timezone.now(), 30)
    page = client_of(alice).get(reverse("plans:detail", args=[plan.pk])).content.decode()
    form = page.split('class="cuts"')[1].split("</form>")[0]
    address = re.search(r'action="([^"]+)"', form)[1]
    sent = dict(re.findall(r'name="(at)" value="([^"]*)"', form))
    answer = client_of(alice).post(address, sent)
    assert answer.url == f"{reverse('plans:detail', args=[plan.pk])}#pace"
    assert states(plan)["Pipelines"] == "left-out"
    line = item(plan, "Lambda")
    assert post(client_of(alice), "leave-out", line).url.endswith(f"#line-{line.pk}")


def test_fifty_ticks_at_once_are_one(transactional_db, alice, client_of):
    """The same tick sent 50 times at the same moment: all answered, one right final state."""
    plan = plan_of(alice)
    line = item(plan, "Lambda")
    session = client_of(alice).cookies["sessionid"].value
    gate, answers = threading.Barrier(50), []

    def send():
        client = Client()
        client.cookies["sessionid"] = session
        gate.wait()
        answers.append(post(client, "tick", line, **HTMX).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 50
    assert Item.objects.filter(plan=plan, done_at__isnull=False).count() == 1
    assert Item.objects.filter(plan=plan).count() == 9


def test_the_note_is_kept_as_written_and_shown_safely(alice, client_of):
    line = item(plan_of(alice), "Lambda")
    text = "**900 ms** cold\n\n<script>alert(1)</script>"
    client_of(alice).post(
        line.save_url,
        urlencode({"note": text, "version": line.version}),
        content_type="application/x-www-form-urlencoded",
    )
    row = Item.objects.get(pk=line.pk)
    assert row.note == text
    assert "<strong>900 ms</strong>" in row.note_html and "<script" not in row.note_html
    page = client_of(alice).get(reverse("plans:detail", args=[line.plan_id])).content.decode()
    assert "your note" in page and "alert(1)" not in page


def test_text_is_edited_and_refused_kindly(alice, client_of):
    line = item(plan_of(alice), "Lambda")
    post(client_of(alice), "edit-item", line, {"text": "Lambda, *again*"})
    assert Item.objects.get(pk=line.pk).html == "Lambda, <em>again</em>"
    long = "x" * 1001
    response = post(client_of(alice), "edit-item", line, {"text": long})
    assert response.status_code == 422 and long in response.content.decode()


def test_steps_go_through_a_block_and_past_its_end(alice, client_of):
    plan = plan_of(alice)
    client = client_of(alice)
    assert order(plan)[:3] == ["Serverle", "Lambda: ", "Queues a"]
    post(client, "move", item(plan, "Queues"), {"direction": "up"})
    assert order(plan)[:3] == ["Serverle", "Queues a", "Lambda: "]
    post(client, "move", item(plan, "Queues"), {"direction": "up"})
    post(client, "move", item(plan, "Queues"), {"direction": "up"})
    assert order(plan)[0] == "Queues a"
    post(client, "move", item(plan, "Name the"), {"direction": "down"})
    assert order(plan)[5:7] == ["Name the", "Leadersh"]
    assert item(plan, "Name the").block == item(plan, "Leadership").block
    post(client, "move", item(plan, "Name the"), {"direction": "up"})
    assert order(plan)[5] == "Name the"
    assert item(plan, "Name the").block == item(plan, "Pipelines").block


def test_dropping_a_line_behind_another(alice, client_of):
    plan = plan_of(alice)
    client = client_of(alice)
    response = post(
        client,
        "move",
        item(plan, "Lambda"),
        {"after": item(plan, "Tell it").pk},
        HTTP_X_REQUESTED_WITH="fetch",
    )
    assert response.status_code == 204
    assert order(plan)[-1] == "Lambda: "
    block = item(plan, "Serverless").block_id
    post(client, "move", item(plan, "Lambda"), {"block": block})
    assert order(plan)[0] == "Lambda: "


@pytest.mark.parametrize("data", [{}, {"after": "x"}, {"block": "9" * 30}, {"direction": "round"}])
def test_a_move_to_nowhere_is_not_found(alice, client_of, data):
    line = item(plan_of(alice), "Lambda")
    assert post(client_of(alice), "move", line, data).status_code == 404


def test_no_move_into_another_plan(alice, bob, client_of):
    line, other = item(plan_of(alice), "Lambda"), item(plan_of(alice), "Lambda")
    foreign = item(plan_of(bob), "Lambda")
    for target in (other, foreign):
        assert post(client_of(alice), "move", line, {"after": target.pk}).status_code == 404
        assert post(client_of(alice), "move", line, {"block": target.block_id}).status_code == 404


def test_removed_with_a_way_back(alice, client_of):
    plan = plan_of(alice)
    line = item(plan, "Lambda")
    page = post(client_of(alice), "remove-item", line, **HTMX).content.decode()
    assert "0 of 2" in page and reverse("plans:restore-item", args=[line.pk]) in page
    assert "Lambda: " not in order(plan)
    post(client_of(alice), "restore-item", line)
    assert order(plan)[1] == "Lambda: "


def test_what_was_removed_waits_below_the_plan(alice, client_of):
    plan = plan_of(alice)
    first, second = item(plan, "Lambda"), item(plan, "Pipelines")
    client, page = client_of(alice), reverse("plans:detail", args=[plan.pk])
    assert "Removed from this plan" not in client.get(page).content.decode()
    post(client, "remove-item", first)
    answer = post(client, "remove-item", second, **HTMX).content.decode()
    assert '<section id="taken-off" hx-swap-oob="true">' in answer
    ways_back = [reverse("plans:restore-item", args=[line.pk]) for line in (second, first)]
    for shown in (answer, client.get(page).content.decode()):
        assert "Removed from this plan (2)" in shown
        below = shown[shown.index("Removed from this plan") :]
        assert re.findall(r'action="(/plans/items/[^"]+)"', below)[:2] == ways_back
    export = client.get(reverse("plans:export", args=[plan.pk])).content.decode()
    assert "Pipelines" not in export


@pytest.mark.parametrize("verb", ["tick", "open", "leave-out", "edit-item", "move"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_line_removed_in_another_tab_is_not_found(alice, client_of, verb, headers):
    line = item(plan_of(alice), "Lambda")
    client = client_of(alice)
    post(client, "remove-item", line)
    data = {"text": "again", "direction": "down"}
    assert post(client, verb, line, data, **headers).status_code == 404
    assert Item.objects.get(pk=line.pk).text == "Lambda: *cold starts*"
    assert post(client, "remove-item", line, **headers).status_code in (200, 302)


@pytest.mark.parametrize(("verb", "undo"), [("remove-item", "restore-item"), ("leave-out", "open")])
def test_without_a_script_too_there_is_a_way_back(alice, client_of, verb, undo):
    line = item(plan_of(alice), "Lambda")
    url = reverse(f"plans:{verb}", args=[line.pk])
    page = client_of(alice).post(url, follow=True).content.decode()
    toasts = page.partition('id="toasts"')[2]
    assert f'action="{reverse(f"plans:{undo}", args=[line.pk])}"' in toasts


def test_another_text_with_the_same_key_is_another_item(alice, client_of):
    """The Back button brings a page back with the key it had."""
    plan = plan_of(alice)
    data = {"block": item(plan, "Leadership").block_id, "key": str(uuid.uuid4())}
    for text in ("Sleep", "Eat"):
        client_of(alice).post(reverse("plans:add", args=[plan.pk]), data | {"text": text})
    assert order(plan)[-2:] == ["Sleep", "Eat"]


def test_an_item_added_twice_with_one_key_is_one(alice, client_of):
    plan = plan_of(alice)
    block = item(plan, "Leadership").block_id
    data = {"block": block, "text": "Sleep", "key": str(uuid.uuid4())}
    for _ in range(2):
        client_of(alice).post(reverse("plans:add", args=[plan.pk]), data)
    assert order(plan)[-1] == "Sleep" and order(plan).count("Sleep") == 1


def test_an_empty_item_is_refused_with_a_reason(alice, client_of):
    plan = plan_of(alice)
    data = {"block": item(plan, "Leadership").block_id, "text": " ", "key": str(uuid.uuid4())}
    response = client_of(alice).post(reverse("plans:add", args=[plan.pk]), data)
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()


@pytest.mark.parametrize(
    "verb",
    [
        "item",
        "tick",
        "open",
        "leave-out",
        "edit-item",
        "move",
        "remove-item",
        "restore-item",
    ],
)
def test_what_is_not_yours_is_not_there(alice, bob, client_of, verb):
    line = item(plan_of(alice), "Lambda")
    url = reverse(f"plans:{verb}", args=[line.pk])
    client = client_of(bob)
    response = client.get(url) if verb == "item" else client.post(url, {"text": "x", "note": "x"})
    assert response.status_code == 404
    assert Item.objects.get(pk=line.pk).state == "open"
