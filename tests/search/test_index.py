"""The index follows the rows, whatever changes them, and never stands in the way of a save."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from drills.models import Card, Deck, Kind
from drills.models import Entry as DeckEntry
from plans.models import Asked, Interview, Item, Plan
from playbook.models import Learning, StudyNote
from scenarios.models import Scenario
from search import index
from search.models import Entry
from search.places import PLACES
from search.query import find
from search.sources import SOURCES
from search.words import asked
from stories.models import Metric, Story
from tests.drills.factories import drills_with
from tests.plans.factories import interview, item, plan_of, template
from tests.playbook.factories import note
from tests.prepsite.world import CANARY, build
from tests.stories.factories import CompetencyFactory, MetricFactory, QuestionFactory, StoryFactory

pytestmark = pytest.mark.django_db


def learning(owner, text: str, **fields) -> Learning:
    return Learning.objects.create(owner=owner, text=text, taken_on=date(2026, 11, 20), **fields)


def kinds(user, words: str) -> list[str]:
    return sorted(hit.kind for room in find(user, asked(words), each=50) for hit in room.hits)


def everything() -> list[tuple]:
    rows = Entry.objects.order_by("kind", "object_id")
    return list(rows.values_list("owner", "kind", "object_id", "title", "text", "vector"))


def test_the_triggers_keep_what_making_it_anew_would_give(alice):
    build(alice)
    CompetencyFactory(), QuestionFactory()
    kept = everything()
    assert {kind for _, kind, *_ in kept} == {source.kind for source in SOURCES} == set(PLACES)
    index.rebuild()
    assert everything() == kept


def test_every_page_found_has_an_address(alice, client_of):
    build(alice)
    browser = client_of(alice)
    found = [hit for room in find(alice, asked(CANARY), each=50) for hit in room.hits]
    assert {hit.kind for hit in found} >= {"plan", "item", "attempt", "card", "story", "learning"}
    for hit in found:
        assert browser.get(hit.address, follow=True).status_code == 200, hit


def test_an_update_of_many_rows_is_seen(alice):
    row = learning(alice, "About queues")
    Learning.objects.filter(pk=row.pk).update(text="About topics")
    assert kinds(alice, "topics") == ["learning"]
    assert kinds(alice, "queues") == []


def test_what_is_removed_is_not_found_and_comes_back(alice):
    row = learning(alice, "About queues")
    Learning.objects.filter(pk=row.pk).update(removed_at=timezone.now())
    assert kinds(alice, "queues") == []
    Learning.objects.filter(pk=row.pk).update(removed_at=None)
    assert kinds(alice, "queues") == ["learning"]
    row.delete()
    assert kinds(alice, "queues") == []


def test_a_plan_takes_its_items_along(alice):
    plan = plan_of(alice)
    assert kinds(alice, "pipelines") == ["item"]
    Plan.objects.filter(pk=plan.pk).update(removed_at=timezone.now())
    assert kinds(alice, "pipelines") == []
    Plan.objects.filter(pk=plan.pk).update(removed_at=None)
    assert kinds(alice, "pipelines") == ["item"]


def test_the_note_of_an_item_is_found(alice):
    row = item(plan_of(alice), "Pipelines")
    Item.objects.filter(pk=row.pk).update(note="Ask about rollbacks")
    assert kinds(alice, "rollbacks") == ["item"]


def test_a_story_is_found_by_its_metrics(alice):
    story = StoryFactory(owner=alice, title="Releases")
    metric = MetricFactory(story=story, name="Lead time", measured="by the board")
    assert kinds(alice, '"lead time"') == ["story"]
    Metric.objects.filter(pk=metric.pk).update(removed_at=timezone.now())
    assert kinds(alice, '"lead time"') == []
    Story.objects.filter(pk=story.pk).update(removed_at=timezone.now())
    assert kinds(alice, "releases") == []


def test_an_interview_is_found_by_what_was_asked(alice):
    row = interview(alice, "Acme", stack="They run Kafka.")
    assert kinds(alice, "kafka") == ["interview"]
    line = Asked.objects.create(owner=alice, interview=row, title="Why not Kinesis?")
    assert kinds(alice, "kinesis") == ["interview"]
    Asked.objects.filter(pk=line.pk).update(removed_at=timezone.now())
    assert kinds(alice, "kinesis") == []
    Interview.objects.filter(pk=row.pk).update(removed_at=timezone.now())
    assert kinds(alice, "acme") == []


def test_shared_content_is_found_while_it_is_published(alice):
    row = note()
    assert kinds(alice, "caching") == ["note"]
    StudyNote.objects.filter(pk=row.pk).update(published=False)
    assert kinds(alice, "caching") == []
    StudyNote.objects.filter(pk=row.pk).update(published=True, retired_at=timezone.now())
    assert kinds(alice, "caching") == []


def test_a_retired_deck_takes_its_entries_along(alice):
    deck = Deck.objects.create(key="stores", title="Stores", kind=Kind.FACT)
    DeckEntry.objects.create(deck=deck, key="lsm", title="LSM trees", front="Why?", answer="Writes")
    assert kinds(alice, "lsm") == ["entry"]
    Deck.objects.filter(pk=deck.pk).update(retired_at=timezone.now())
    assert kinds(alice, "lsm") == []


def test_a_card_is_found_once_something_of_ones_own_stands_on_it(alice):
    deck = Deck.objects.create(key="stores", title="Stores", kind=Kind.FACT)
    entry = DeckEntry.objects.create(deck=deck, key="lsm", title="LSM trees", front="Why?")
    card = Card.objects.add(alice, front="", entry=entry, now=timezone.now()).card
    assert kinds(alice, "lsm") == ["entry"]
    Card.objects.filter(pk=card.pk).update(answer="They only append.")
    assert kinds(alice, "lsm") == ["card", "entry"]
    assert kinds(alice, "append") == ["card"]


def test_a_scenarios_new_title_reaches_its_attempts(alice):
    build(alice)
    Scenario.objects.update(title="A renamed shop")
    assert "attempt" in kinds(alice, "renamed")


def places() -> dict[tuple[str, int], str]:
    """Where each entry's row lies: it moves with every write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, object_id, ctid::text FROM search_entry")
        return {(kind, pk): at for kind, pk, at in cursor.fetchall()}


def test_a_tick_and_an_answer_write_nothing(alice):
    drills_with(CANARY, alice)
    row = item(plan_of(alice), "Pipelines")
    before = places()
    Item.objects.filter(pk=row.pk).update(done_at=timezone.now())
    Card.objects.filter(owner=alice).update(reps=3, due=timezone.now())
    assert places() == before
    Item.objects.filter(pk=row.pk).update(note="A word")  # the control
    assert places() != before


def test_what_cannot_be_indexed_is_saved_all_the_same(alice):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION search_put_learning(ids bigint[]) RETURNS void "
            "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$"
        )
    row = learning(alice, "Kept")
    Learning.objects.filter(pk=row.pk).update(text="Kept again")
    assert Learning.objects.get(pk=row.pk).text == "Kept again"
    assert kinds(alice, "kept") == []


@pytest.mark.parametrize("letter", ["a", "é", "漢", "😀"])
def test_the_longest_text_of_different_words_is_indexed(alice, letter):
    words = " ".join(f"{letter}{number:x}" for number in range(60_000))[:99_000]
    learning(alice, f"Beginning {words}")
    assert kinds(alice, "beginning") == ["learning"]


def test_an_account_takes_its_entries_along(alice):
    build(alice)
    pk = alice.pk
    assert Entry.objects.filter(owner=pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('writing.erasing', %s, true)", [str(pk)])
    alice.delete()
    assert not Entry.objects.filter(owner=pk).exists()
    assert not Entry.objects.filter(text__contains=CANARY).exists()


def test_the_command_mends_an_index(alice, capsys):
    row = learning(alice, "About queues")
    Entry.objects.all().delete()
    Entry.objects.create(
        owner=alice, room="playbook", kind="learning", object_id=row.pk + 1, ref="", title="",
        context="", text="gone", vector="",
    )  # fmt: skip
    call_command("search_index")
    assert "1 entries stand in the index" in capsys.readouterr().out
    assert kinds(alice, "queues") == ["learning"]


def test_triggers_of_another_version_are_replaced(alice, capsys):
    assert index.stands()
    call_command("search_index", changed=True)
    assert capsys.readouterr().out == ""
    index.take_down()
    row = learning(alice, "Written in between")
    assert not index.stands() and kinds(alice, "between") == []
    call_command("search_index", changed=True)
    assert "Indexed everything" in capsys.readouterr().out
    assert index.stands() and kinds(alice, "between") == ["learning"]
    Learning.objects.filter(pk=row.pk).update(text="And followed again")
    assert kinds(alice, "followed") == ["learning"]


def test_a_template_is_found_by_its_lines(alice):
    template()
    assert kinds(alice, "pipelines") == ["template"]
