"""Starting a plan, its page, its clock, its other runs."""

import re
import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans import board
from plans.models import Item, Plan
from tests.plans.factories import item, plan_of, small_outline, template

pytestmark = pytest.mark.django_db


def start(client, **values):
    data = {"start": "now", "hours": "2", "key": str(uuid.uuid4())} | values
    return client.post(reverse("plans:start", args=["small"]), data)


def test_starting_copies_the_template(alice, client_of):
    row = template()
    response = start(client_of(alice))
    plan = Plan.objects.for_user(alice).get()
    assert response.url == reverse("plans:detail", args=[plan.pk])
    assert (plan.blocks.count(), plan.items.count(), plan.minutes) == (2, 9, 120)
    row.fill(small_outline("Another edition"))
    assert plan.items.count() == 9
    assert {i.owner_id for i in plan.items.all()} == {alice.pk}


def test_a_double_click_starts_one_plan(alice, client_of):
    template()
    key = str(uuid.uuid4())
    first, second = (start(client_of(alice), key=key) for _ in range(2))
    assert first.url == second.url
    assert Plan.objects.for_user(alice).count() == 1


def test_the_same_key_of_somebody_else_is_theirs(alice, bob, client_of):
    template()
    key = str(uuid.uuid4())
    start(client_of(alice), key=key)
    start(client_of(bob), key=key)
    assert Plan.objects.for_user(bob).count() == 1


def test_a_second_run_keeps_the_first(alice, client_of):
    plan = plan_of(alice)
    item(plan, "Lambda").__class__.objects.filter(plan=plan).update(done_at=timezone.now())
    key = str(uuid.uuid4())
    for _ in range(2):
        client_of(alice).post(reverse("plans:again", args=[plan.pk]), {"key": key})
    again = Plan.objects.for_user(alice).exclude(pk=plan.pk).get()
    assert again.run == 2
    assert Item.objects.filter(plan=again, done_at__isnull=False).count() == 0
    assert Item.objects.filter(plan=plan, done_at__isnull=False).count() == 9
    page = client_of(alice).get(reverse("plans:list")).content.decode()
    assert "A small plan, run 2" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"start": "today", "at": ""}, "Give the time of day"),
        ({"hours": ""}, "Say how many hours"),
        ({"hours": "90"}, "A day has 24 hours"),
        ({"hours": "x"}, "Enter a number"),
        ({"at": "25:99", "start": "today"}, "Enter a valid time"),
        ({"start": "sometime"}, "not one of the available choices"),
        ({"key": "no"}, "A small plan"),
    ],
)
def test_a_wrong_clock_is_explained_and_starts_nothing(alice, client_of, values, message):
    template()
    response = start(client_of(alice), **values)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Plan.objects.for_user(alice).exists()


def test_the_clock_is_set_in_the_readers_zone(alice, client_of):
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    plan = plan_of(alice)
    url = reverse("plans:pace", args=[plan.pk])
    client_of(alice).post(url, {"start": "tomorrow", "at": "09:00", "hours": "7.5"})
    plan.refresh_from_db()
    local = plan.starts_at.astimezone(alice.zone)
    assert (local.hour, local.minute, plan.minutes) == (9, 0, 450)
    assert local.date() == timezone.now().astimezone(alice.zone).date() + timedelta(days=1)
    client_of(alice).post(url, {"start": "none"})
    plan.refresh_from_db()
    assert plan.starts_at is None


@pytest.mark.parametrize(("days", "chosen"), [(-1, "now"), (0, "today"), (1, "tomorrow")])
def test_the_clock_is_shown_as_it_was_set(alice, client_of, days, chosen):
    plan = plan_of(alice)
    day = timezone.localdate() + timedelta(days=days)
    plan.set_pace(timezone.make_aware(datetime.combine(day, time(8, 30))), 360)
    page = client_of(alice).get(reverse("plans:pace", args=[plan.pk])).content.decode()
    assert re.findall(r'name="start" value="(\w+)"[^>]*checked', page) == [chosen]
    assert ('value="08:30"' in page) == (chosen != "now")
    # Of an earlier day's clock nothing holds: what is left asks for two to three hours.
    assert ('value="6"' in page) == (chosen != "now")
    assert ('value="2.5"' in page) == (chosen == "now")


def test_a_clock_set_anew_knows_what_was_done_before(alice, client_of):
    plan = plan_of(alice)
    now = timezone.now()
    first = plan.blocks.first()
    Item.objects.filter(block=first).update(done_at=now - timedelta(days=1))
    plan.set_pace(now - timedelta(days=1), 240)
    client, address = client_of(alice), reverse("plans:pace", args=[plan.pk])
    page = client.get(address).content.decode()
    left = re.search(r"What is left asks for ([\d.–]+ (?:h|min))", page)[1]
    assert left == "1 h"
    client.post(address, {"start": "now", "hours": "1.25"})
    page = client.get(reverse("plans:detail", args=[plan.pk])).content.decode()
    assert "<b>On pace.</b>" in page
    assert "more than there is" not in page


@pytest.mark.parametrize(
    ("days", "said"), [(0, "23:30"), (1, "Tuesday 23:30"), (20, "Sunday 20 December, 23:30")]
)
def test_a_start_says_its_day(alice, days, said):
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    plan = plan_of(alice)
    plan.set_pace(now.replace(hour=23, minute=30) + timedelta(days=days), 120)
    view = board.load(plan, now)
    assert view.begins == said
    day = {0: "Tuesday", 1: "Wednesday", 20: "Monday"}[days]
    assert view.until == f"{day} 01:30"


def test_a_list_without_times_starts_without_a_clock(alice, client_of):
    outline = small_outline()
    for block in outline.blocks:
        block.low = block.high = None
    template(outline=outline)
    page = client_of(alice).get(reverse("plans:template", args=["small"])).content.decode()
    assert re.findall(r'name="start" value="(\w+)"[^>]*checked', page) == ["none"]
    assert start(client_of(alice), start="none", hours="").status_code == 302


def test_a_plan_that_does_not_fit_says_so_from_the_start(alice, client_of):
    plan = plan_of(alice)
    plan.set_pace(timezone.now(), 60)
    page = client_of(alice).get(reverse("plans:detail", args=[plan.pk])).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "On pace." in text
    assert "Every block is shortened: in full, what is left takes 1 h more than there is." in text
    assert "Leave out “Delivery”, 20 minutes" in text


def test_the_page_says_where_you_should_be(alice, client_of):
    plan = plan_of(alice)
    plan.set_pace(timezone.now() - timedelta(minutes=30), 120)
    page = client_of(alice).get(reverse("plans:detail", args=[plan.pk])).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "30 minutes behind." in text
    assert "0 of 5" in text
    assert "Leave out “Delivery”, 20 minutes" in text
    assert "Next, about 20 min" in text


def test_the_pace_alone_is_a_fragment(alice, client_of):
    plan = plan_of(alice)
    url = reverse("plans:detail", args=[plan.pk])
    whole = client_of(alice).get(url)
    part = client_of(alice).get(url, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="pace")
    restored = client_of(alice).get(
        url,
        HTTP_HX_REQUEST="true",
        HTTP_HX_TARGET="pace",
        HTTP_HX_HISTORY_RESTORE_REQUEST="true",
    )
    assert "<html" in whole.content.decode() and "<html" in restored.content.decode()
    assert part.content.decode().split()[:3] == ["<section", 'class="day"', 'id="pace"']
    assert "HX-Target" in part["Vary"] and "HX-Target" in whole["Vary"]


def test_removed_and_restored(alice, client_of):
    plan = plan_of(alice)
    client = client_of(alice)
    response = client.post(reverse("plans:remove", args=[plan.pk]), follow=True)
    assert reverse("plans:restore", args=[plan.pk]) in response.content.decode()
    assert client.get(reverse("plans:detail", args=[plan.pk])).status_code == 404
    client.post(reverse("plans:restore", args=[plan.pk]))
    assert client.get(reverse("plans:detail", args=[plan.pk])).status_code == 200


def test_title_and_goal(alice, client_of):
    plan = plan_of(alice)
    url = reverse("plans:edit", args=[plan.pk])
    assert client_of(alice).post(url, {"title": "", "goal": "kept"}).status_code == 422
    client_of(alice).post(url, {"title": "Sunday", "goal": ""})
    plan.refresh_from_db()
    assert (plan.title, plan.goal) == ("Sunday", "")


@pytest.mark.parametrize("name", ["list", "detail", "print"])
def test_queries_do_not_grow_with_the_plan(alice, client_of, name, django_assert_max_num_queries):
    """Session, user; then plan, blocks and lines (on the list: plans, their count, templates,
    removed plans).

    The page of a plan asks for the next interview besides.
    """
    outline = small_outline()
    for block in outline.blocks:
        block.lines *= 12
    plan = plan_of(alice, outline)
    for _ in range(3):
        plan_of(alice)
        template(f"t{uuid.uuid4().hex}")
    args = [] if name == "list" else [plan.pk]
    client = client_of(alice)
    with django_assert_max_num_queries(6 if name == "detail" else 5):
        assert client.get(reverse(f"plans:{name}", args=args)).status_code == 200


def test_a_long_list_is_read_page_by_page(alice, client_of):
    for number in range(21):
        plan_of(alice, small_outline(f"Plan {number:02}"), now=timezone.now())
    client, url = client_of(alice), reverse("plans:list")
    first = client.get(url).content.decode()
    assert 'href="?page=2">Older' in first and ">Newer" not in first
    assert "Plan 20" in first and "Plan 00" not in first
    second = client.get(url, {"page": 2}).content.decode()
    assert 'href="?page=1">Newer' in second and ">Older" not in second
    assert "Plan 00" in second and "Plan 20" not in second
    for page in ("3", "9999"):
        assert client.get(url, {"page": page}).headers["Location"] == url
    assert client.get(url, {"page": "x"}).content.decode().count("Plan 20") >= 1


def test_an_empty_list_says_how_to_begin(alice, client_of):
    page = client_of(alice).get(reverse("plans:list")).content.decode()
    assert "Start with one of these" in page
    assert reverse("plans:upload") in page


def test_no_cache_between_keeps_a_private_page(alice, client_of, client):
    url = reverse("plans:list")
    assert client_of(alice).get(url)["Cache-Control"] == "private, no-cache"
    assert "private, no-cache" not in client.get(reverse("offline")).get("Cache-Control", "")


def test_blocks_that_share_a_label_are_told_apart(alice, client_of):
    outline = small_outline()
    for block in outline.blocks:
        block.label = "Day 1"
    page = (
        client_of(alice)
        .get(reverse("plans:detail", args=[plan_of(alice, outline).pk]))
        .content.decode()
    )
    assert re.findall(r"<option[^>]*>([^<]+)<", page) == ["Day 1: AWS, in depth", "Day 1: Stories"]


@pytest.mark.parametrize(
    ("begins", "until"), [("2026-11-28T14:00", "17:00"), ("2026-11-28T21:30", "Sunday 00:30")]
)
def test_the_end_names_its_day_when_that_is_another(alice, begins, until):
    now = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    plan = plan_of(alice)
    plan.set_pace(now, 180)
    assert board.load(plan, now).until == until
    assert board.load(plan, now - timedelta(days=3)).until == until


def test_a_removed_plan_waits_on_the_list(alice, bob, client_of):
    plan = plan_of(alice)
    mine, theirs = client_of(alice), client_of(bob)
    assert "Removed plans" not in mine.get(reverse("plans:list")).content.decode()
    mine.post(reverse("plans:remove", args=[plan.pk]))
    restore = reverse("plans:restore", args=[plan.pk])
    assert f'action="{restore}"' in mine.get(reverse("plans:list")).content.decode()
    assert restore not in theirs.get(reverse("plans:list")).content.decode()
    mine.post(restore)
    assert "Removed plans" not in mine.get(reverse("plans:list")).content.decode()
