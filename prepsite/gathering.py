"""The facts of the dashboard, counted in the database.

Seven queries whatever the years behind somebody, one or two a room, put into SQL once
(prepsite/compiled.py). On the first call of a day the drills plan that day, too.
"""

from datetime import date, datetime

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, Least

from drills import days, queue
from drills.cards import LEARNING
from drills.models import Card, Setting, StudyDay
from drills.scheduling import RETENTION, State, recall_expression
from plans import pace
from plans.models import Asked, Block, Interview, Item, Plan
from plans.outline import Kind
from playbook.chosen import MorningSheet
from playbook.models import Reading, StudyNote
from prepsite.compiled import among, compiled
from prepsite.facts import CardFacts, ColumnFact, Facts, PlanFact, ScenarioFact, StoryFact
from scenarios.attempts import Attempt, Mode
from scenarios.models import Difficulty, Scenario
from scenarios.rubric import BEST, SIGNALS
from stories.library import Competency
from stories.models import Story
from writing.markdown import plain

# The question with which a newcomer's first step is done.
ASK = 5
SCORES = [signal.field for signal in SIGNALS]
HEADINGS = [Kind.SECTION, Kind.TIP]


def facts(user, now: datetime) -> Facts:
    """Everything at once, at `now`."""
    setting, counted = _setting(user, now)
    return Facts(
        now=now,
        interviews=_interviews(user.pk, now),
        scenarios=[_scenario(row) for row in _scenarios(user.pk)],
        stories=_stories(user),
        columns=_columns(user),
        cards=_cards(user, setting, counted["answered"], now),
        plan=_plan(user, now),
        plans=counted["plans"],
        ticked=counted["ticked"],
        read=counted["read"],
        to_read=counted["to_read"],
        unread=counted["unread"],
        setting=setting,
        sheet_at=counted["sheet_at"],
    )


@compiled
def _interviews(owner: int, now: datetime) -> QuerySet:
    """Those to come, and those that are over and have no debrief, in order of time."""
    rows = Interview.objects.for_user(owner).kept().exclude(outcome=Interview.Outcome.WITHDRAWN)
    rows = rows.filter(Q(ends_at__gt=now) | Q(debriefed_at=None))
    return rows.without_texts().order_by("at", "pk")


def _tally(rows, of) -> Coalesce:
    """`of` over `rows` as a column of one row; 0 where there are none."""
    found = rows.order_by().values("owner").annotate(n=of).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


@compiled
def _settings(owner: int, day: date) -> QuerySet:
    """The drills' settings, if any, and the counts of other rooms riding on their row."""
    mine = {"owner": OuterRef("owner")}
    items = Item.objects.filter(**mine, removed_at=None, done_at__isnull=False)
    items = items.filter(plan__removed_at=None).exclude(kind__in=HEADINGS)
    read = Reading.objects.filter(**mine)
    known = Reading.objects.filter(owner=OuterRef(OuterRef("owner")), note__isnull=False)
    notes = StudyNote.objects.published().exclude(pk__in=known.values("note"))
    return Setting.objects.for_user(owner).annotate(
        answered=_tally(StudyDay.objects.filter(**mine, day=day), Sum("reviews")),
        plans=_tally(Plan.objects.filter(**mine, removed_at=None), Count("pk")),
        ticked=_tally(items, Count("pk")),
        read=_tally(read, Count("pk")),
        sheet_at=Subquery(MorningSheet.objects.filter(**mine).values("updated_at")),
        unread=Subquery(notes.values(found=JSONObject(key="key", title="title"))[:1]),
        to_read=Coalesce(
            Subquery(notes.order_by().values("published").annotate(n=Count("pk")).values("n")), 0
        ),
    )


def _setting(user, now: datetime) -> tuple[Setting, dict]:
    """The drills' settings with today's list, and what else was counted with them."""
    day = days.study_day(user, now)
    found = _settings(user.pk, day)
    if not found or not found[0].stands(day, now):
        queue.ready(user, now)
        found = _settings(user.pk, day)
    setting = found[0]
    names = ("answered", "plans", "ticked", "read", "unread", "to_read", "sheet_at")
    return setting, {name: getattr(setting, name) for name in names}


@compiled
def _counted(
    owner: int, now: datetime, begins: datetime, ends: datetime, keys: list[int], planned: datetime
) -> QuerySet:
    """One's cards in figures, if there are any. The day `begins` and `ends` then; its list are the
    cards `keys`, as it was `planned` then."""
    live = Q(suspended=False) & (Q(buried_until=None) | Q(buried_until__lte=now))
    listed = live & Q(among("pk", keys), state__in=[State.NEW, State.REVIEW])
    listed &= Q(last_review=None) | Q(last_review__lt=planned)
    learning = live & Q(state__in=LEARNING, due__lt=ends)
    worth = Least(Value(1.0), recall_expression(now) / Value(RETENTION))
    return (
        Card.objects.for_user(owner)
        .standing()
        .order_by()
        .values("owner")
        .annotate(
            cards=Count("pk"),
            study=Count("pk", filter=Q(suspended=False)),
            seen=Count("pk", filter=~Q(state=State.NEW)),
            remembered=Coalesce(Sum(worth), 0.0),
            aside=Coalesce(Sum(worth, filter=Q(suspended=True)), 0.0),
            overdue=Count("pk", filter=live & ~Q(state=State.NEW) & Q(due__lt=begins)),
            leeches=Count("pk", filter=Q(lapses__gte=F("leech_at"))),
            new=Count("pk", filter=listed & Q(state=State.NEW)),
            review=Count("pk", filter=listed & Q(state=State.REVIEW)),
            learning=Count("pk", filter=learning),
        )
    )


def _cards(user, setting: Setting, answered: int, now: datetime) -> CardFacts:
    day = days.study_day(user, now)
    begins, ends = days.begins(user, day), days.ends(user, day)
    rows = _counted(user.pk, now, begins, ends, setting.queue, setting.planned_at)
    found = rows[0] if rows else dict.fromkeys(("owner", "new", "learning", "review"), 0)
    del found["owner"]
    left = queue.Left(found.pop("new"), found.pop("learning"), found.pop("review"))
    last = setting.forecast[-1] if setting.forecast else (None, None, None)
    return CardFacts(
        **found, answered=answered, left=left.total, minutes=left.minutes,
        planned=last[1], stopped=last[2],
    )  # fmt: skip


@compiled
def _scenarios(owner: int) -> QuerySet:
    """The published scenarios with one's attempts. One query."""
    mine = Attempt.objects.for_user(owner).standing().filter(scenario=OuterRef("pk"))
    mine = mine.order_by("-created_at")
    ended = mine.exclude(finished_at=None)
    done = ended.exclude(mode=Mode.CLARIFY)
    opened = mine.filter(finished_at=None, shown_early_at=None)
    asked = mine.filter(lines__owner=owner, lines__position=ASK, lines__asked_at__isnull=False)
    by_scenario = done.order_by().values("scenario")
    points = sum((F(f"reflection__{name}") for name in SCORES[1:]), F(f"reflection__{SCORES[0]}"))
    scores = JSONObject(**{name: f"reflection__{name}" for name in SCORES})
    scored = done.exclude(reflection__scored_at=None)
    sent_back = (
        Asked.objects.for_user(owner).brought_back().filter(source="scenario", key=OuterRef("key"))
    )
    return (
        Scenario.objects.published()
        .annotate(
            finished=Subquery(by_scenario.annotate(n=Count("pk")).values("n")),
            best=Subquery(
                by_scenario.annotate(n=Max(points)).values("n"), output_field=IntegerField()
            ),
            last=Subquery(scored.values(found=scores)[:1]),
            open=Subquery(opened.values("pk")[:1]),
            opened=Subquery(opened.values("created_at")[:1]),
            mode=Subquery(opened.values("mode")[:1]),
            unscored=Subquery(done.filter(reflection__scored_at=None).values("pk")[:1]),
            easy=Case(When(difficulty=Difficulty.WARM_UP, then=True), default=False),
            tried=Exists(ended) | Exists(asked),
            ended=Subquery(done.values("finished_at")[:1]),
            back=Subquery(sent_back.values("again_at")[:1]),
        )
        .values(
            "key", "title", "minutes", "order", "finished", "best", "last", "open", "opened",
            "mode", "unscored", "easy", "tried", "ended", "back",
        )
    )  # fmt: skip


def _scenario(row: dict) -> ScenarioFact:
    finished, back, ended = row.pop("finished"), row.pop("back"), row["ended"]
    row["only_clarifies"] = row.pop("mode") == Mode.CLARIFY
    row["best"] = (row["best"] or 0) / BEST if finished else None
    row["last"] = {name: n for name, n in (row["last"] or {}).items() if n is not None}
    return ScenarioFact(**row, wanted=bool(back and (ended is None or ended < back)))


# The parts of a story in the order one writes them.
_PARTS = ("situation", "task", "action", "result")


@compiled
def _written(owner: int) -> QuerySet:
    """One's stories, the last written first. One query, which leaves the texts where they are."""
    empty = Case(*(When(**{part: ""}, then=Value(part)) for part in _PARTS), default=Value(""))
    rows = Story.objects.for_user(owner).kept().annotate(empty=empty)
    return rows.values_list(
        "pk", "title", "status", "empty", "last_rated_at", "due_at", "updated_at"
    )


def _stories(user) -> list[StoryFact]:
    return [
        StoryFact(pk, title.strip() or "Untitled story", status, empty, bool(rated), due, touched)
        for pk, title, status, empty, rated, due, touched in _written(user.pk)
    ]


@compiled
def _shown(owner: int) -> QuerySet:
    """The shared competencies, with how many of one’s stories show each."""
    shows = Q(theme=OuterRef("pk")) | Q(shows__competency=OuterRef("pk"))
    mine = Story.objects.for_user(owner).kept().filter(shows).order_by()
    count = mine.values("owner").annotate(n=Count("pk", distinct=True)).values("n")
    rows = Competency.objects.published().annotate(n=Coalesce(Subquery(count), 0))
    return rows.values_list("key", "title", "group", "n")


def _columns(user) -> list[ColumnFact]:
    """The competencies, themes first."""
    order = list(Competency.Group.values)
    found = [ColumnFact(*each) for each in _shown(user.pk)]
    return sorted(found, key=lambda column: order.index(column.group))


@compiled
def _blocks(owner: int) -> QuerySet:
    """The blocks of the newest plan that still has something open."""
    items = Item.objects.for_user(owner).filter(removed_at=None).exclude(kind__in=HEADINGS)
    still = items.filter(done_at=None, left_out_at=None)
    plans = Plan.objects.for_user(owner).filter(removed_at=None, pk__in=still.values("plan"))
    kept = Q(items__removed_at=None) & ~Q(items__kind__in=HEADINGS)
    first = still.filter(block=OuterRef("pk")).order_by("position", "pk")
    return (
        Block.objects.for_user(owner)
        .filter(plan=plans.order_by("-created_at").values("pk")[:1])
        .select_related("plan")
        .alias(settled=Coalesce("items__done_at", "items__left_out_at"))
        .annotate(
            n_done=Count("items", filter=kept & Q(items__done_at__isnull=False)),
            n_out=Count(
                "items", filter=kept & Q(items__done_at=None, items__left_out_at__isnull=False)
            ),
            n_all=Count("items", filter=kept),
            n_before=Count("items", filter=kept & Q(settled__lt=F("plan__starts_at"))),
            touched=Max("items__done_at"),
            first=Subquery(first.values(found=JSONObject(pk="pk", text="text"))[:1]),
        )
        .order_by("position", "pk")
    )


def _plan(user, now: datetime) -> PlanFact | None:
    """The newest plan that still has something open. One query."""
    rows = _blocks(user.pk)
    return _plan_fact(rows, now) if rows else None


def _plan_fact(blocks: list, now: datetime) -> PlanFact:
    plan = blocks[0].plan
    work = [
        pace.BlockWork(
            row.low, row.high, row.n_all - row.n_done - row.n_out, row.n_done, row.n_out,
            row.n_before,
        )
        for row in blocks
    ]  # fmt: skip
    place = next(n for n, row in enumerate(blocks) if row.first)
    standing, minutes = None, 0.0
    if plan.starts_at and plan.minutes:
        standing = pace.stand(work, plan.starts_at, plan.minutes, now)
        minutes = pace.item_minutes(work[place], standing.slots[place].minutes)
    elif low := work[place].low:
        minutes = pace.item_minutes(work[place], low)
    first = blocks[place].first
    return PlanFact(
        plan.pk, str(plan), sum(row.n_done for row in blocks),
        sum(row.n_all - row.n_out for row in blocks), standing, first["pk"],
        plain(first["text"]), max(2, round(minutes or 5)),
        max((row.touched for row in blocks if row.touched), default=None),
    )  # fmt: skip
