"""A small scenario with a solution, and attempts at it, for the tests of practising."""

import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from scenarios.attempts import Attempt
from scenarios.models import Choice, FollowUp, Question, Scenario, TradeOff
from scenarios.sheets import AttemptChoice

HTMX = {"HTTP_HX_REQUEST": "true"}
FORM = "application/x-www-form-urlencoded"
START = datetime(2026, 11, 20, 19, tzinfo=UTC)
QUESTIONS = (
    ("business-goal", "What must the first release prove, and what may wait?",
     "Prove that fans can buy during the encore. Vouchers wait.",
     ["what is the MVP", "which features are in scope"]),
    ("users-scale", "How many buyers arrive in the first ten minutes after a show?",
     "About 40,000, for 20 minutes.", ["what does the traffic spike look like", "peak traffic"]),
    ("functional", "May stock be oversold and refunded, or must it be exact?",
     "Never for signed shirts.", ["is overselling acceptable", "can we oversell"]),
    ("non-functional", "Which availability do you expect during a show?",
     "99.9 % in the hour after a concert.", ["availability target", "uptime"]),
    ("constraints", "Who runs this at night, and what is the budget?",
     "Two part-time engineers, USD 800 a month.", ["team size", "what is the budget"]),
)  # fmt: skip
CHOICES = (
    ("CloudFront in front of everything", "It takes the spike away from the servers.",
     "A larger fleet, which wins when every page is personal."),
    ("Aurora PostgreSQL with a reader", "One transaction keeps stock exact.",
     "DynamoDB, which wins beyond 5,000 writes a second."),
    ("SQS between payment and order", "A burst of orders waits and is not lost.",
     "Calling the order service at once."),
)  # fmt: skip
FOLLOW_UPS = ((15, "The stock service is down."), (25, "Ten times the traffic tomorrow."),
              (38, "Cut the bill by 40 %."))  # fmt: skip


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def scenario(key: str = "band-shop", **fields) -> Scenario:
    """Five questions, three choices, one trade-off, three follow-ups (minutes 15, 25, 38)."""
    fields = {
        "title": "A band’s shop after the concert", "domain": "e-commerce", "minutes": 45,
        "prompt": "Our shop falls over after every concert. What would you do?",
        "estimate": "40,000 buyers in 20 minutes are **33 a second**.",
        "flows": "1. **Browse.** CloudFront serves it.",
        "diagram": "flowchart LR\n  fan[Fan] --> cdn[CloudFront]\n  cdn --> shop[Shop]",
        "data_model": "Orders by buyer.", "failure_modes": "The database fails over.",
        "cost": "USD 640 a month.", "scale_10": "More readers.", "scale_100": "Shards.",
        "ic5": "CDN and a queue.", "ic6": "After caching, 60 a second.", "ic7": "CDN first.",
    } | fields  # fmt: skip
    row = Scenario.objects.create(key=key, **fields)
    for place, (category, text, answer, aliases) in enumerate(QUESTIONS):
        Question.objects.create(
            scenario=row, position=place, category=category, text=text, answer=answer,
            why="It decides the store.", aliases=aliases,
        )  # fmt: skip
    for place, (name, why, instead) in enumerate(CHOICES):
        Choice.objects.create(scenario=row, position=place, name=name, why=why, instead_of=instead,
                              pillars=["Reliability"])  # fmt: skip
    TradeOff.objects.create(scenario=row, title="Staleness", text="A page may be 30 seconds old.")
    for place, (minute, title) in enumerate(FOLLOW_UPS):
        FollowUp.objects.create(scenario=row, position=place, minute=minute, title=title,
                                strong="“I shed load first.”", weak="“It scales.”")  # fmt: skip
    return row


def attempt_of(owner, of: Scenario | None = None, *, mode="timed", now=START) -> Attempt:
    return Attempt.start(owner, of or scenario(), mode, key=uuid.uuid4(), now=now)


def finished(owner, of: Scenario | None = None, *, begun=START, minutes=41) -> Attempt:
    """An attempt whose clock ran, with nothing written."""
    row = attempt_of(owner, of, now=begun)
    for phase, at in (("high-level", 8), ("drill-down", 17), ("wrap-up", 37)):
        row.open_phase(phase, begun + timedelta(minutes=at))
    row.finish(begun + timedelta(minutes=minutes))
    return Attempt.objects.get(pk=row.pk)


def address(name: str, *args) -> str:
    return reverse(f"scenarios:{name}", args=args)


def attempts_with(text: str, owner) -> dict[str, object]:
    """An open attempt and a finished one, `text` in every row; what their addresses need."""
    shop = scenario()
    rows = []
    for begun in (START - timedelta(days=1), START):
        row = attempt_of(owner, shop, now=begun)
        for phase in ("high-level", "drill-down", "wrap-up"):
            row.open_phase(phase, begun)
        row.pause(begun)
        row.lines.filter(position=1).update(
            text=text, matched=text, answer=text, category="functional", asked_at=begun
        )
        row.lines.filter(position=2).update(text=text)
        row.follow_ups.update(text=text)
        AttemptChoice.objects.create(
            owner=owner, attempt=row, name=text, why=text, request_key=uuid.uuid4()
        )
        for sheet in (row.clarify, row.high_level, row.drill_down, row.wrap_up, row.reflection):
            for name in sheet.writing:
                setattr(sheet, name, text)
            sheet.save()
        rows.append(row)
    done, going = rows
    done.finish(START)
    return {
        "attempt": going.pk, "finished": done.pk, "choice": going.choices.get().pk, "position": 1,
        "phase": "clarify", "scenario": shop.key,
    }  # fmt: skip


def send(client, url, data=None, **more):
    """POST as a form of a page does, not as one with files."""
    return client.post(url, urlencode(data or {}), content_type=FORM, **more)


def brought(row, version=None, **texts):
    """The fields of `row` in the form around its page."""
    mark = f"{row.writing_label}/{row.pk}"
    return texts | {"writing": mark, "version": row.version if version is None else version}


def ask(client, attempt, text, position=1, **headers):
    return client.post(address("ask", attempt.pk, position), {"text": text}, **headers)


def page_of(client, attempt, phase="clarify", **headers):
    return client.get(address("phase", attempt.pk, phase), **headers)


def go(client, attempt, phase, **data):
    return send(client, address("open-phase", attempt.pk, phase), {"sure": "yes", **data})


def open_until(attempt, phase):
    for name, at in (("high-level", 7), ("drill-down", 17), ("wrap-up", 37)):
        attempt.open_phase(name, after(at))
        if name == phase:
            return attempt
    return attempt
