"""`make look`: every page as it looks, 390 and 1280 px wide, light and dark.

Starts the site on a throw-away database, with a plan half done and one person without anything,
takes a full-page screenshot of every line of PAGES, and writes a contact sheet beside them. Also
says which pages scroll sideways: that needs no eye.

    python -m tools.look [FOLDER] [--only WORD]
"""

import argparse
import itertools
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tools import look_drills, look_interviews, look_rehearsals, look_stories, throwaway

WIDTHS = {390: 844, 1280: 800}
SCHEMES = ("light", "dark")
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True)
class Page:
    """`address` may hold {plan} and whatever else fill() returns; `who` is signed in, or nobody.

    `ready` is a selector to click before the picture is taken, for what opens on a click.
    """

    name: str
    address: str
    who: str | None = "alice"
    ready: str | None = None


PAGES = (
    Page("sign-in", "/account/login/", None),
    Page("account", "/account/"),
    Page("account-devices", "/account/devices/"),
    Page("account-data", "/account/data/"),
    Page("set-password", "/account/password/set/"),
    Page("today", "/"),
    Page("today-first", "/", "bob"),
    Page("readiness", "/readiness/"),
    Page("week", "/week/"),
    Page("plans-empty", "/plans/", "bob"),
    Page("plans", "/plans/"),
    Page("plan-template", "/plans/templates/{template}/"),
    Page("plan", "/plans/{plan}/"),
    Page("plan-note", "/plans/items/{item}/"),
    Page("plan-pace", "/plans/{plan}/pace/"),
    Page("plan-edit", "/plans/{plan}/edit/"),
    Page("plan-print", "/plans/{plan}/print/"),
    Page("plan-upload", "/plans/upload/"),
    Page("plan-interview", "/plans/{fresh}/"),
    Page("interviews", "/interviews/"),
    Page("interviews-empty", "/interviews/", "bob"),
    Page("interview", "/interviews/{interview}/"),
    Page("interview-new", "/interviews/new/"),
    Page("interview-edit", "/interviews/{interview}/edit/"),
    Page("interview-debrief", "/interviews/{debriefed}/debrief/?q=cache"),
    Page("interview-over", "/interviews/{debriefed}/"),
    Page("scenarios", "/scenarios/"),
    Page("scenario", "/scenarios/band-shop/"),
    Page("scenario-solution", "/scenarios/band-shop/solution/"),
    Page("practice-clarify", "/scenarios/attempts/{open}/clarify/"),
    Page("practice-high-level", "/scenarios/attempts/{open}/high-level/"),
    Page("practice-drill-down", "/scenarios/attempts/{open}/drill-down/"),
    Page("practice-compare", "/scenarios/attempts/{done}/compare/"),
    Page("practice-score", "/scenarios/attempts/{done}/score/"),
    Page("practice-history", "/scenarios/band-shop/attempts/"),
    Page("stories-empty", "/stories/", "bob"),
    Page("stories", "/stories/"),
    Page("story-new", "/stories/new/"),
    Page("story", "/stories/{story}/"),
    Page("story-idea", "/stories/{idea}/"),
    Page("story-picker", "/stories/{story}/", ready=".picker summary"),
    Page("story-bring", "/stories/bring/"),
    Page("story-own", "/stories/own/"),
    Page("stories-removed", "/stories/removed/"),
    Page("rehearsals", "/stories/rehearse/"),
    Page("rehearse", "/stories/{story}/rehearse/"),
    Page("rehearse-running", "/stories/{running}/rehearse/"),
    Page("rehearse-rate", "/stories/{stopped}/rehearse/"),
    Page("stories-train", "/stories/train/"),
    Page("stories-print", "/stories/print/"),
    Page("coverage", "/stories/coverage/"),
    Page("coverage-empty", "/stories/coverage/", "bob"),
    Page("questions", "/stories/questions/"),
    Page("question", "/stories/questions/hardest-trade-off/"),
    Page("question-open", "/stories/questions/were-wrong/"),
    Page("question-asked", "/stories/questions/which-database/asked/"),
    Page("question-stories", "/stories/questions/which-database/asked/", ready=".which > summary"),
    Page("story-answers", "/stories/{story}/questions/"),
    Page("drills-today", "/drills/"),
    Page("drills-first", "/drills/", "bob"),
    Page("drill-card", "/drills/next/"),
    Page("drill-answer", "/drills/next/", ready=".thumbs .first"),
    Page("drill-edit", "/drills/cards/{own_card}/edit/"),
    Page("library", "/drills/justifications/"),
    Page("library-left", "/drills/justifications/?show=unwritten", "bob"),
    Page("library-entry", "/drills/justifications/lambda/"),
    Page("library-closed", "/drills/justifications/load-balancer/"),
    Page("library-seen", "/drills/justifications/api-gateway/"),
    Page("library-first", "/drills/justifications/lambda/", "bob"),
    Page("library-own", "/drills/justifications/{own_card}/"),
    Page("library-project", "/drills/groups/{project}/"),
    Page("statistics", "/drills/statistics/"),
    Page("statistics-empty", "/drills/statistics/", "bob"),
    Page("drill-settings", "/drills/settings/"),
    Page("decks", "/drills/decks/"),
    Page("decks-found", "/drills/decks/?q=consistency"),
    Page("deck", "/drills/decks/practice-questions/"),
    Page("deck-half", "/drills/decks/databases/"),
    Page("cards", "/drills/cards/"),
    Page("cards-leeches", "/drills/cards/?show=leeches"),
    Page("card-new", "/drills/cards/new/"),
    Page("card-files", "/drills/files/"),
    Page("playbook", "/playbook/"),
    Page("playbook-framework", "/playbook/technical-framework/"),
    Page("playbook-open", "/playbook/technical-framework/?open=all"),
    Page("playbook-day", "/playbook/interview-day/"),
    Page(
        "playbook-matrix",
        "/playbook/technical-framework/matrix/?access=relational&cost=steady+large",
    ),
    Page("playbook-timer", "/playbook/interview-day/timer/"),
    Page("playbook-note", "/playbook/notes/caching/"),
    Page("playbook-drawing", "/playbook/notes/reference-architecture/"),
    Page("my-framework", "/playbook/my-framework/"),
    Page("learnings", "/playbook/learnings/"),
    Page("morning-sheet", "/playbook/sheet/"),
    Page("morning-sheet-first", "/playbook/sheet/", "bob"),
    Page("menu", "/plans/", ready=".masthead .menu summary"),
    Page("keyboard", "/plans/{plan}/", ready='[data-opens="shortcuts"]'),
    Page("search", "/search/?q=cache"),
    Page("search-nothing", "/search/?q=idempotnet"),
    Page("search-box", "/plans/", ready="[data-seek]:visible"),
    Page("capture", "/capture/?from=/plans/"),
    Page("capture-sheet", "/plans/", ready="[data-capture]:visible"),
    Page("components", "/house/components/"),
    Page("not-found", "/no-such-page/"),
    Page("offline", "/offline/", None),
)


def fill() -> dict[str, object]:
    """Make the people and what they have; returns what the addresses need."""
    import uuid
    from datetime import timedelta

    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from plans.models import Item, Plan, PlanTemplate

    people = get_user_model().objects
    alice = people.create_user("alice", password=None, is_staff=True, time_zone="Europe/Berlin")
    alice.time_zone_confirmed = True
    alice.save()
    people.create_user("bob", password=None)
    template = PlanTemplate.objects.published()[0]
    begun = timezone.now() - timedelta(hours=3)
    plan = Plan.start(alice, template.outline(), key=uuid.uuid4(), now=begun, template=template)
    plan.set_pace(begun, 8 * 60)
    rows = Item.objects.for_user(alice).filter(plan=plan).order_by("block__position", "position")
    lines = [item for item in rows if item.ticks]
    Item.objects.filter(pk__in=[item.pk for item in lines[: len(lines) // 3]]).update(done_at=begun)
    Item.objects.filter(pk=lines[-1].pk).update(left_out_at=begun)
    found = {"plan": plan.pk, "template": template.key, "item": lines[2].pk}
    found |= look_stories.write(alice, timezone.now())
    found |= look_rehearsals.tell(alice, timezone.now())
    found |= look_drills.drill(alice, timezone.now())
    found |= look_interviews.meet(alice, timezone.now())
    fresh = Plan.start(
        alice, template.outline(), key=uuid.uuid4(), now=timezone.now(), template=template
    )
    found["fresh"] = fresh.pk
    return found | practise(alice, timezone.now())


QUESTIONS = (
    "How many people buy in the first minutes after a show?",
    "What is the budget, and who runs it?",
    "May a limited shirt be oversold?",
    "Which figures does the band need from the sales?",
    "Is there an app?",
    "How long may the shop be down?",
)
DIAGRAM = """flowchart LR
  fan[Fan] --> cdn[CloudFront]
  cdn --> lb[Load balancer]
  lb --> shop[Shop service]
  shop --> db[(Aurora MySQL)]
  shop --> orders[[SQS orders]]"""


def practise(user, now) -> dict[str, object]:
    """Two attempts at one scenario, as somebody makes them: one compared, one under way."""
    import uuid
    from datetime import timedelta

    from django.test import Client
    from django.urls import reverse

    from scenarios.attempts import Attempt
    from scenarios.models import Scenario
    from scenarios.sheets import AttemptChoice

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    scenario = Scenario.objects.get(key="band-shop")
    made = []
    for begun in (now - timedelta(days=2), now - timedelta(minutes=21)):
        row = Attempt.start(user, scenario, "timed", key=uuid.uuid4(), now=begun)
        for position, text in enumerate(QUESTIONS, 1):
            client.post(reverse("scenarios:ask", args=[row.pk, position]), {"text": text})
        sheet: Any = row.clarify
        sheet.scope = "The shop and its orders; the analysis of sales comes second."
        sheet.save()
        row.open_phase("high-level", begun + timedelta(minutes=8))
        sheet = row.high_level
        sheet.design, sheet.diagram = (
            "CloudFront takes the encore, the queue takes the rest.",
            DIAGRAM,
        )
        sheet.save()
        row.open_phase("drill-down", begun + timedelta(minutes=16))
        sheet = row.drill_down
        sheet.bottleneck = "The database: 40 orders a second on one small instance."
        sheet.schema = "orders(id, show, state); stock(item, left)"
        sheet.save()
        AttemptChoice.objects.create(
            owner=user, attempt=row, name="CloudFront", request_key=uuid.uuid4(),
            why="Nine of ten requests never reach us, for a tenth of the price of servers.",
        )  # fmt: skip
        made.append(Attempt.objects.get(pk=row.pk))
    done, going = made
    done.open_phase("wrap-up", done.created_at + timedelta(minutes=36))
    last: Any = done.wrap_up
    last.more_time = "Alarms on the queue's age, and a rehearsal before the tour."
    last.save()
    done.finish(done.created_at + timedelta(minutes=41))
    score: Any = done.reflection
    score.trade_offs, score.scalability, score.data_pipelines = 2, 1, 1
    score.build_or_buy, score.cost, score.scored_at = 1, 0, now
    score.next_time = "Name one figure of cost before the interviewer asks."
    score.save()
    return {"open": going.pk, "done": done.pk}


def sessions() -> dict[str, str]:
    """A signed-in session for everyone."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    def session(user) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    return {user.username: session(user) for user in get_user_model().objects.all()}


def picture(browser, site: str, page: Page, facts: dict, cookies: dict, folder: Path) -> list[str]:
    """Take the four pictures of one page; returns what is wrong with it, in words."""
    wrong = []
    for (width, height), scheme in itertools.product(WIDTHS.items(), SCHEMES):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            service_workers="block",
        )
        if page.who:
            context.add_cookies([{"name": "sessionid", "value": cookies[page.who], "url": site}])
        tab = context.new_page()
        tab.on("pageerror", lambda error: wrong.append(f"{page.name}: {error}"))
        address = site + page.address.format(**facts)
        answer = tab.goto(address, wait_until="load")
        if answer.status >= 500 or tab.url != address:
            wrong.append(f"{page.name}: status {answer.status} at {tab.url}")
        if tab.evaluate(WIDER):
            wrong.append(f"{page.name}: scrolls sideways at {width} px")
        if page.ready:
            found = tab.locator(page.ready).first
            if found.count():
                found.click()
            else:
                wrong.append(f"{page.name}: nothing to click at {page.ready}")
        else:
            # As tall as the page: what sticks to the window's end then stands at the page's end.
            tall = tab.evaluate("() => document.documentElement.scrollHeight")
            tab.set_viewport_size({"width": width, "height": max(height, min(tall, 12_000))})
        tab.screenshot(path=folder / f"{page.name}-{width}-{scheme}.png")
        context.close()
    return wrong


def contact_sheet(folder: Path, pages: list[Page]) -> None:
    """index.html: a row a page, narrow and wide, light and dark."""
    rows = "".join(
        f"<h2>{escape(page.name)}</h2><p>"
        + "".join(
            f'<a href="{page.name}-{width}-{scheme}.png">'
            f'<img src="{page.name}-{width}-{scheme}.png" alt="{page.name}, {width} px, {scheme}" '
            f'height="420" loading="lazy"></a> '
            for width, scheme in itertools.product(WIDTHS, SCHEMES)
        )
        + "</p>"
        for page in pages
    )
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Look</title>'
        f"<h1>Look</h1>{rows}</html>"
    )


def look(folder: Path, only: str) -> list[str]:
    """Take the pictures of every page whose name holds `only`; returns what is wrong."""
    from playwright.sync_api import sync_playwright

    from tests.browser import open_browser

    facts, cookies = fill(), sessions()
    pages = [page for page in PAGES if only in page.name]
    folder.mkdir(parents=True, exist_ok=True)
    process, site = throwaway.serve()
    wrong: list[str] = []
    try:
        with sync_playwright() as playwright:
            browser = open_browser(playwright)
            for page in pages:
                wrong += picture(browser, site, page, facts, cookies, folder)
                print(page.name, flush=True)
            browser.close()
    finally:
        process.terminate()
        process.wait(10)
    contact_sheet(folder, pages)
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("look"))
    parser.add_argument("--only", default="", help="pages whose name holds this")
    options = parser.parse_args()
    with throwaway.database():
        wrong = look(options.folder, options.only)
    print(f"Open {options.folder / 'index.html'}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
