"""Stories and behavioural questions as what an interviewer can have asked (drills/asked.py)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from drills import asked_cards
from drills.asked import MOST, Source, Thing, holding, id_in
from drills.scheduling import State
from stories.library import Question
from stories.models import Story
from stories.travel import schedule_is_sound


class Stories(Source):
    """One's own stories. A weak telling makes one due for rehearsal at once."""

    name, label, verb = "story", "Your story", "Rehearse it"
    back = "Due for rehearsal"

    def _rows(self, user):
        return Story.objects.for_user(user).kept()

    def _thing(self, row: Story) -> Thing:
        address = row.get_absolute_url()
        return Thing(self.name, address, row.name, address, self.label)

    def find(self, user, words: Sequence[str]) -> Sequence[Thing]:
        rows = self._rows(user).filter(holding(words, "title")).only("owner", "title")
        return [self._thing(row) for row in rows.order_by("-updated_at", "-id")[:MOST]]

    def get(self, user, key: str) -> Thing | None:
        row = self._rows(user).filter(pk=id_in(key)).first()
        return self._thing(row) if row else None

    def again(self, user, key: str, now: datetime) -> dict:
        with transaction.atomic():
            rows = Story.objects.for_user(user).select_for_update(of=("self",))
            story = rows.get(pk=id_in(key))
            before = {"schedule": story.snapshot()}
            # As after a lost thread; one that was never told is due as it is.
            told = story.recall_state != State.NEW
            change = {"recall_state": State.RELEARNING, "recall_step": 0} if told else {}
            Story.objects.filter(pk=story.pk).update(**change, due_at=now)
        return before

    def undo(self, user, key: str, before: Mapping, now: datetime) -> bool:
        columns = Story.restored(before["schedule"])
        rows = Story.objects.for_user(user).filter(pk=id_in(key))
        return bool(rows.filter(last_rated_at=columns["last_rated_at"]).update(**columns))

    def is_sound(self, before: Mapping) -> bool:
        return before.keys() == {"schedule"} and schedule_is_sound(before["schedule"])

    def practised(self, user, keys: Collection[str]) -> Mapping[str, datetime]:
        ids = {id_in(key): key for key in keys}
        rows = Story.objects.for_user(user).filter(pk__in=ids, last_rated_at__isnull=False)
        return {ids[pk]: at for pk, at in rows.values_list("pk", "last_rated_at")}


class Questions(Source):
    """Behavioural questions. One that went badly becomes a card, with its page as the source."""

    name, label, verb = "question", "Behavioural question", "Make a card of it"
    back = "In your drills"

    def _thing(self, row: Question) -> Thing:
        return Thing(self.name, row.key, row.text, row.get_absolute_url(), self.label)

    def find(self, user, words: Sequence[str]) -> Sequence[Thing]:
        rows = Question.objects.published().filter(holding(words, "text", "subject"))
        return [self._thing(row) for row in rows.order_by("order", "id")[:MOST]]

    def get(self, user, key: str) -> Thing | None:
        row = Question.objects.published().filter(key=key).first()
        return self._thing(row) if row else None

    def again(self, user, key: str, now: datetime) -> dict:
        row = Question.objects.get(key=key)
        return asked_cards.make(
            user, now, front=row.text, source=row.get_absolute_url(), source_title=self.label
        )

    def undo(self, user, key: str, before: Mapping, now: datetime) -> bool:
        source = Question(key=key).get_absolute_url()
        return asked_cards.unmake(user, before, now, source=source)

    def is_sound(self, before: Mapping) -> bool:
        return asked_cards.is_sound(before)

    def practised(self, user, keys: Collection[str]) -> Mapping[str, datetime]:
        pages = {Question(key=key).get_absolute_url(): key for key in keys}
        found = asked_cards.answered(user, pages, "source")
        return {pages[page]: at for page, at in found.items()}
