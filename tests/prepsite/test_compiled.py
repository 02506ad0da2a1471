"""A query whose SQL is kept gives what Django's own would, and no query is kept that would not."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Now
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from plans.models import Item, Plan
from prepsite.compiled import Compiled, among, compiled
from stories.models import Story
from tests.plans.factories import plan_of
from tests.prepsite.world import build
from tests.stories.factories import written

pytestmark = pytest.mark.django_db


def titles(owner: int) -> QuerySet:
    return Story.objects.for_user(owner).kept().values_list("title", flat=True)


class TestRows:
    def test_each_gets_their_own(self, alice, bob):
        of = compiled(titles)
        written(alice, title="Hers")
        written(bob, title="His")
        assert (of(alice.pk), of(bob.pk), of(alice.pk)) == (["Hers"], ["His"], ["Hers"])

    def test_they_are_asked_for_anew(self, alice):
        of = compiled(titles)
        assert of(alice.pk) == []
        written(alice, title="Hers")
        assert of(alice.pk) == ["Hers"]

    def test_models_come_as_models(self, alice, django_assert_num_queries):
        made = plan_of(alice)

        @compiled
        def lines(owner: int, plan: int) -> QuerySet:
            rows = Item.objects.for_user(owner).filter(plan=plan).select_related("plan")
            return rows.defer("note").annotate(n=F("depth") + 1, twins=Count("block__items"))

        with django_assert_num_queries(1):
            found = lines(alice.pk, made.pk)
            assert {row.plan.title for row in found} == {made.title}
        assert found == list(lines.build(alice.pk, made.pk))
        assert [(row.n, row.twins) for row in found] == [
            (row.n, row.twins) for row in lines.build(alice.pk, made.pk)
        ]
        assert "note" in found[0].get_deferred_fields()

    def test_values_of_every_type(self, alice, bob):
        row = written(alice, title="One")

        @compiled
        def found(key: uuid.UUID, day: date, since: datetime, word: str, keys: list[int]):
            rows = Story.objects.filter(among("pk", keys), uid=key, title=word)
            rows = rows.annotate(day=Value(day)).filter(day__lt=Now(), updated_at__gte=since)
            return rows.values("pk")

        today, day = timezone.localdate(), timedelta(days=1)
        good = [row.uid, today - day, row.updated_at, "One", [row.pk, 0]]
        bad = [uuid.uuid4(), today + 2 * day, row.updated_at + day, "Two", []]
        assert found(*good) == [{"pk": row.pk}]
        for place, other in enumerate(bad):
            assert found(*good[:place], other, *good[place + 1 :]) == []

    def test_the_one_row_or_none_that_is_anybodys(self, alice, bob):
        row = written(alice, title="One")

        @compiled
        def mine(owner: int, pk: int) -> QuerySet:
            return Story.objects.for_user(owner).filter(pk=pk)

        assert mine.one_or_404(alice.pk, row.pk) == row
        for owner, pk in ((bob.pk, row.pk), (alice.pk, row.pk + 1), (alice.pk, 10**40)):
            with pytest.raises(Http404):
                mine.one_or_404(owner, pk)

    def test_the_sql_is_made_once(self, alice, bob, django_assert_num_queries):
        calls = []

        @compiled
        def mine(owner: int) -> QuerySet:
            calls.append(owner)
            return titles(owner)

        for user in (alice, bob, alice, bob):
            with django_assert_num_queries(1):
                mine(user.pk)
        assert len(calls) == 2


class TestServer:
    """What the server keeps of a query, and what it gives."""

    @staticmethod
    def kept() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT array_to_string(parameter_types, ' ') FROM pg_prepared_statements"
                " WHERE statement LIKE '%%AS \"by_the_server\"%%'"
            )
            return [types for (types,) in cursor.fetchall()]

    @pytest.fixture
    def some(self):
        @compiled
        def rows(owner: int, pk: int, keys: list[int]) -> QuerySet:
            rows = Story.objects.filter(among("pk", keys), owner=owner, pk=pk)
            return rows.annotate(by_the_server=F("pk")).values("pk", "by_the_server")

        return rows

    def test_it_keeps_a_query_once_for_all_values(self, alice, some):
        story = written(alice)
        # A key is of one type to the server, be it small or large, and whatever stands beside it.
        for pk in (1, 40_000, 2**40, story.pk) * 2:
            found = some(alice.pk, pk, [pk, 7])
            assert [row["pk"] for row in found] == [story.pk] * (pk == story.pk)
        assert self.kept() == ["bigint[] bigint bigint"]

    def test_a_pooler_without_them_is_asked_for_none(self, alice, some, monkeypatch):
        story = written(alice)
        monkeypatch.setattr(connection.connection, "prepare_threshold", None)
        for _ in range(8):
            assert len(some(alice.pk, story.pk, [story.pk])) == 1
        assert not self.kept()

    def test_instants_are_the_ones_that_django_reads(self, alice):
        @compiled
        def when(owner: int) -> QuerySet:
            return Story.objects.for_user(owner).order_by("pk").values_list("created_at", flat=True)

        far = ("0001-01-01 00:00:00Z", "1999-12-31 23:59:59.999999+14", "9999-12-31 12:00:00Z")
        for moment in far:
            row = written(alice, title=moment)
            Story.objects.filter(pk=row.pk).update(created_at=moment)
        assert when(alice.pk) == list(when.build(alice.pk))
        assert [each.utcoffset() for each in when(alice.pk)] == [timedelta(0)] * 3


class TestRefused:
    """What would freeze a value of the first call for everybody after."""

    def test_what_is_made_of_a_value(self):
        @compiled
        def recent(now: datetime) -> QuerySet:
            return Story.objects.filter(updated_at__gt=now - timedelta(days=7), created_at__lt=now)

        with pytest.raises(TypeError, match="makes datetime"):
            recent(timezone.now())

    def test_what_looks_at_the_readers_zone(self):
        @compiled
        def of_day(day: date) -> QuerySet:
            return Story.objects.filter(created_at__date=day)

        with pytest.raises(TypeError, match="of_day"):
            of_day(timezone.localdate())

    def test_a_query_that_turns_on_a_value(self):
        @compiled
        def some(owner: int) -> QuerySet:
            rows = Story.objects.for_user(owner)
            return rows.kept() if owner % 2 else rows

        with pytest.raises(TypeError, match="not one query"):
            some(1)

    def test_a_list_of_any_length(self):
        @compiled
        def some(keys: list[int]) -> QuerySet:
            return Story.objects.filter(pk__in=keys)

        with pytest.raises(TypeError, match="makes"):
            some([1, 2, 3])

    def test_a_value_that_is_not_asked_with(self):
        @compiled
        def some(owner: int, now: datetime) -> QuerySet:
            return Story.objects.for_user(owner)

        with pytest.raises(TypeError, match="does not hold now"):
            some(1, timezone.now())

    def test_a_second_query(self):
        @compiled
        def some(owner: int) -> QuerySet:
            return Plan.objects.for_user(owner).prefetch_related("blocks")

        with pytest.raises(TypeError, match="not one query"):
            some(1)

    def test_none_which_is_asked_for_in_other_words(self):
        with pytest.raises(ValueError, match="None"):
            compiled(titles)(None)


class TestPages:
    """Each kept query of a page, against the same query put together for this very call."""

    @pytest.fixture
    def compared(self, monkeypatch) -> set[str]:
        asked: set[str] = set()
        call = Compiled.__call__

        def both(query, *given):
            found = call(query, *given)
            assert [_plain(row) for row in found] == [_plain(row) for row in query.build(*given)]
            asked.add(query.build.__name__)
            return found

        monkeypatch.setattr(Compiled, "__call__", both)
        return asked

    def test_they_give_the_same(self, client_of, alice, bob, compared):
        build(alice)
        for user in (alice, bob):
            browser = client_of(user)
            for name in ("home", "plans:list", "stories:list"):
                assert browser.get(reverse(name)).status_code == 200
        own = Story.objects.for_user(alice).first()
        assert client_of(alice).get(own.get_absolute_url()).status_code == 200
        line = Item.objects.for_user(alice).filter(kind="task").first()
        assert client_of(alice).get(reverse("plans:detail", args=[line.plan_id])).status_code == 200
        client_of(alice).post(reverse("plans:tick", args=[line.pk]))
        assert compared >= {
            "_settings", "_counted", "_scenarios", "_blocks", "_plan", "_ticked", "_newest",
            "_removed", "_shared_themes", "_figures", "_story", "rows", "_dismissed",
        }  # fmt: skip


def _plain(row):
    """Everything in a row that can be compared."""
    if not hasattr(row, "_meta"):
        return row
    return {name: value for name, value in vars(row).items() if name != "_state"}
