"""A whole account for the tests of export and import, and what is compared of it."""

import hashlib
import io
import json
import re
import uuid
import zipfile
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from accounts.exports import Export
from accounts.ownership import owned_models
from accounts.portable.archive import NAME
from drills.models import Card, Review, Setting
from plans.models import Item
from playbook.models import Learning, MorningSheet
from scenarios.attempts import Attempt
from stories.models import Metric, Story
from tests.drills.factories import after, in_review
from tests.prepsite.world import build
from tests.writing.sample.models import Note
from writing.autosave.saving import save
from writing.models import Revision

# What an address of this site begins with, and the model of the id in it.
PLACES = {
    "scenarios/attempts": Attempt, "stories": Story, "plans/items": Item, "drills/cards": Card,
    "playbook/learnings": Learning,
}  # fmt: skip


def everything(user):
    """Rows of every model, with history, addresses, removed rows and reviews taken back."""
    user.time_zone, user.theme, user.day_starts_at = "Europe/Berlin", "dark", 5
    user.save()
    world = build(user)
    story = Story.objects.get(pk=world.names["story"])
    for number in range(40):
        base = Story.objects.get(pk=story.pk).version
        text = f"I measured where hour {number} went, and wrote it down. Übung 🎉"
        moment = datetime(2026, 11, 20, 18, tzinfo=UTC) + timedelta(seconds=number)
        save(Story, user.pk, story.pk, base, {"action": text}, uuid.uuid4(), moment)
    save(Story, user.pk, story.pk, 1, {"task": "Lost"}, uuid.uuid4(), timezone.now())
    Revision.objects.filter(owner=user, version=3).update(name="Good one")
    attempt = Attempt.objects.get(pk=world.names["attempt"])
    Card.objects.add(
        user, front="From an attempt", now=timezone.now(),
        source=f"/scenarios/attempts/{attempt.pk}/compare/#choice", source_title="Attempt",
    )  # fmt: skip
    own = in_review(user, "Twice answered")
    for turn in (0, 1):
        Review.objects.create(
            owner=user, card=own, key=uuid.uuid4(), rating=2, at=after(minutes=turn),
            day=date(2026, 11, 20), turn=turn, state="review", before=own.snapshot(),
        )  # fmt: skip
    Review.objects.filter(card=own, turn=1).update(undone_at=after(minutes=5))
    Setting.objects.filter(owner=user).update(
        queue=list(Card.objects.filter(owner=user).values_list("pk", flat=True))[::-1],
        planned_day=date(2026, 11, 20), planned_at=after(), interview_at=after(days=9),
        forecast=[[after().isoformat(), 0.9123, 0.4]],
    )  # fmt: skip
    item = Item.objects.get(pk=world.names["item"])
    item.text = f"Read [the story](/stories/{story.pk}/) and /no/stories/{story.pk}/ twice"
    item.save()
    Learning.objects.filter(pk=world.names["learning"]).update(source=f"/stories/{story.pk}/")
    MorningSheet.objects.filter(owner=user).update(
        chosen=[
            f"/drills/cards/{own.pk}/edit/", f"/stories/{story.pk}/", "/playbook/canaries/#cap",
        ]
    )  # fmt: skip
    Metric.objects.filter(owner=user).update(removed_at=after())
    Note.objects.create(owner=user, title="A note", text="Long\n\ntext")
    return world


def export_of(user) -> bytes:
    """The export of `user`, made as the page makes it."""
    now = timezone.now()
    export = Export.begin(user, now)
    while not export.is_ready:
        export.advance(now, seconds=0)
        assert not export.problem
    return export.file()


def json_of(export: bytes) -> dict:
    with zipfile.ZipFile(io.BytesIO(export)) as archive:
        return json.loads(archive.read(NAME))


def with_json(export: bytes, text: str | bytes) -> bytes:
    """The export with another JSON in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, text)
    return out.getvalue()


def lines_of(export: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(export)) as archive:
        return archive.read(NAME).decode().split("\n")


def state(user) -> dict[str, list[dict]]:
    """Every column of every row of `user` that travels, by table, read straight from the tables.

    Ids are replaced by the place of their row among the person's own, so that two accounts that
    say the same are equal. Written without the code that is under test.
    """
    models = [model for model in owned_models() if model.travels]
    places = {
        model._meta.label_lower: {
            pk: place
            for place, pk in enumerate(
                model._base_manager.filter(owner=user).order_by("pk").values_list("pk", flat=True)
            )
        }
        for model in models
    }

    def located(found: re.Match) -> str:
        label = PLACES[found[1]]._meta.label_lower
        return f"/{found[1]}/row-{places[label].get(int(found[2]))}/"

    tables = {}
    for model in models:
        rows = list(model._base_manager.filter(owner=user).order_by("pk").values())
        for row in rows:
            row["owner_id"] = "mine"
            row["id"] = places[model._meta.label_lower][row["id"]]
            for field in model._meta.concrete_fields:
                related = field.related_model
                if related in models and row[field.attname] is not None:
                    row[field.attname] = places[related._meta.label_lower][row[field.attname]]
            if model is Revision:
                row["object_id"] = places[row["model"]].get(row["object_id"], "gone")
            if model is Setting:
                row["queue"] = [places["drills.card"].get(pk) for pk in row["queue"]]
            if model is MorningSheet:
                known = "|".join(PLACES)
                row["chosen"] = [
                    re.sub(rf"^/({known})/(\d+)/", located, each) for each in row["chosen"]
                ]
            for name, value in row.items():
                if isinstance(value, str) and name in ("source", "text", "html"):
                    known = "|".join(PLACES)
                    row[name] = re.sub(rf"(?<![\w/])/({known})/(\d+)/", located, value)
        tables[model._meta.db_table] = rows
    return tables


def digests(user) -> dict[str, str]:
    """A digest of each table."""
    return {
        table: hashlib.sha256(repr(rows).encode()).hexdigest()
        for table, rows in state(user).items()
    }
