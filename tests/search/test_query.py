"""What is found, in which order, and what of it is shown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drills.models import Deck, Kind
from drills.models import Entry as DeckEntry
from search.extracts import START, STOP, marked
from search.models import Entry
from search.query import Hit, find
from search.words import LONGEST, asked
from tests.prepsite.world import CANARY, build
from tests.search.test_index import learning
from tests.stories.factories import RELEASES, StoryFactory

pytestmark = pytest.mark.django_db


def hits(user, words: str, **options) -> list[Hit]:
    found = find(user, asked(words), **{"each": 50} | options)
    return [hit for room in found for hit in room.hits]


def titles(user, words: str) -> list[str]:
    return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits(user, words)]


def test_a_title_stands_above_a_text(alice):
    learning(alice, "cache " * 30, title="Latency")
    learning(alice, "Nothing of it here.", title="When a cache lies")
    assert titles(alice, "cache") == ["When a cache lies", "Latency"]


def test_more_of_a_word_stands_above_less(alice):
    learning(alice, "A queue, and much else that is longer than a line.", title="Less")
    learning(alice, "A queue behind a queue before a queue.", title="More")
    assert titles(alice, "queue") == ["More", "Less"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Caching the page", "caches"),
        ("A justification", "justificatio"),
        ("On DynamoDB", "dynamodb"),
        ("On DynamoDB", "dyn"),
        ("The CAP theorem", "CAP"),
        ("Put it in S3.", "s3"),
        ("CI/CD for all", "cd"),
        ("CI/CD for all", "CI/CD"),
        ("us-east-1 is down", "us-east-1"),
        ("us-east-1 is down", "us-e"),
        ("What is the way", "the"),
        ("Ein Überlauf im Puffer", "überl"),
        ("Blue green releases", '"blue green"'),
        ("Queue or topic", "topic or nothing"),
        ("Node.js on Lambda", "node"),
        ("It's 42 ms at p99", "p99"),
    ],
)
def test_words_are_found(alice, text, words):
    learning(alice, text)
    assert len(hits(alice, words)) == 1


@pytest.mark.parametrize(
    "words", ['"green blue"', "blue -green", "blue red", "reen", "blue gr red", ""]
)
def test_what_does_not_match_is_not_found(alice, words):
    learning(alice, "Blue and then green")
    assert hits(alice, words) == []


def test_a_finished_word_is_no_beginning(alice):
    learning(alice, "Scaling out")
    assert len(hits(alice, "out sca")) == 1
    assert hits(alice, "sca out") == []


def test_nobody_finds_what_is_anothers(alice, bob):
    build(alice)
    assert hits(alice, CANARY)
    assert hits(bob, CANARY) == []
    assert Entry.objects.filter(owner=alice).count() > 5  # the control: it is all there


def test_hits_are_marked_and_all_else_is_escaped(alice):
    learning(alice, "Say <script>alert(1)</script> & <b>cache</b> caching", title="<i>Cache</i>")
    [hit] = hits(alice, "cache")
    assert hit.title == "&lt;i&gt;<mark>Cache</mark>&lt;/i&gt;"
    assert "<script" not in hit.extract and "<b>" not in hit.extract
    assert "<mark>cache</mark>" in hit.extract and "<mark>caching</mark>" in hit.extract


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet=f"<b>&\"'{START}{STOP} "))
def test_no_text_makes_other_html_than_marks(text):
    html = marked(text)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare and ">" not in bare
    assert html.count("<mark>") == html.count("</mark>")


def test_an_extract_is_read_without_markdown():
    text = f"## Why **{START}caches{STOP}** lie, [see](https://a.example/b) `x` | y"
    assert marked(text) == "Why <mark>caches</mark> lie, see x y"


def test_a_model_answer_is_found_and_not_shown(alice):
    deck = Deck.objects.create(key="stores", title="Stores", kind=Kind.FACT)
    DeckEntry.objects.create(
        deck=deck, key="lsm", title="LSM trees", front="Why are they quick?", answer="They append."
    )
    [hit] = hits(alice, "append")
    assert hit.remark and "append" not in hit.extract + hit.title
    assert not hits(alice, "quick")[0].remark


def test_rooms_are_counted_and_leafed_through(alice):
    for number in range(7):
        learning(alice, f"cache {number}")
    StoryFactory(owner=alice, **{**RELEASES, "title": "A cache story"})
    found = {room.room: room for room in find(alice, asked("cache"), each=3)}
    assert found["playbook"].total == 7 and len(found["playbook"].hits) == 3
    first = hits(alice, "cache", each=4, room="playbook")
    rest = hits(alice, "cache", each=4, room="playbook", skip=4)
    assert len(first) == 4 and len(rest) == 3
    assert not {hit.address for hit in first} & {hit.address for hit in rest}


def test_it_is_one_query_however_much_there_is(alice, django_assert_num_queries):
    for number in range(20):
        learning(alice, f"cache {number}")
    with django_assert_num_queries(1):
        assert len(hits(alice, "cache")) == 20


HOSTILE = (
    "'", '"', "\\", "' OR 1=1 --", "a'b", "a\\'b", "!!", "&|!", ":*", "a:*", "((", "<->", "a <-> b",
    "a & !b", "-", "--", "- -a", "-a", '-"a b', '"', '""', '"a', "or", "or or", "a or", "%", "%s",
    "%(owner)s", "$1", "; DROP TABLE search_entry", "\0",
    "a\0b", "\x02\x03", "\ud800", "a" * 10_000,
    "a " * 5_000, "'\\" * 100, "😀", "{}", "{0}", "漢字", "ﬁ", "İ", "the", "/", "a/", "/a",
    "é" * 300,
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_can_be_typed_is_a_fault(alice, words):
    learning(alice, "a quiet text")
    assert isinstance(hits(alice, words), list)
    assert isinstance(hits(alice, f"quiet {words}"), list)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("ab '\"\\-:*&|!()<>%/orз"), max_size=20))
def test_no_mixture_of_operators_is_a_fault(alice, words):
    assert isinstance(hits(alice, words), list)


def test_a_long_question_is_cut():
    assert len(asked("word " * 100).text) <= LONGEST
