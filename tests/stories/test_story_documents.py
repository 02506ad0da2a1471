"""Stories out to a file and in again: the same to the byte, and nothing doubled."""

import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories import imports, story_documents
from stories.models import Angle, Length, Metric, OwnCompetency, Shows, Story
from stories.story_documents import ANGLE, LIMITS, METRIC, PARTS, StoryText, read, write
from tests.factories import UserFactory
from tests.stories.factories import CompetencyFactory, MetricFactory, theme, written
from tests.writing.hostile import hostile
from tests.writing.strategies import MARKS
from writing.documents import DocumentError
from writing.models import Revision
from writing.text import clean_text

KEYS = ["ownership", "dive-deep", "frugality", "earn-trust"]
THEMES = ["modernization", "security-data"]

pieces = st.lists(st.sampled_from(MARKS) | st.text(max_size=8), max_size=9)
lines = pieces.map(lambda found: clean_text(" ".join(found), one_line=True))
texts = st.lists(pieces.map(" ".join), max_size=7).map(lambda found: clean_text("\n".join(found)))


def cut(text: str, limit: int) -> str:
    return clean_text(text[:limit], one_line=True)


def rows(columns):
    row = st.fixed_dictionaries({n: lines.map(lambda t, n=n: cut(t, LIMITS[n])) for n in columns})
    return st.lists(row.filter(lambda r: any(r.values())), max_size=3)


titles = lines.map(lambda text: cut(text, 120)).filter(bool)
stories = st.builds(
    lambda own_theme, themes, **rest: StoryText(
        theme="" if own_theme else themes, own_theme=own_theme, **rest
    ),
    uid=st.uuids(version=4),
    title=lines.map(lambda text: cut(text, 200)) | st.just(story_documents.UNTITLED),
    themes=st.sampled_from(["", *THEMES]),
    own_theme=st.just("") | titles,
    status=st.sampled_from(Story.Status.values),
    target=st.sampled_from(Length.values),
    outline=st.sampled_from(["", *THEMES]),
    metrics=rows(METRIC),
    angles=rows(ANGLE),
    shows=st.dictionaries(st.sampled_from(KEYS), st.booleans(), max_size=4),
    own_shows=st.dictionaries(titles, st.booleans(), max_size=3),
    **dict.fromkeys(PARTS, texts),
)


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.lists(stories, min_size=1, max_size=3, unique_by=lambda story: story.uid))
def test_a_file_says_what_the_stories_say(found):
    text = write(found)
    again = read(text, "stories.md")
    assert again == found
    assert write(again) == text
    assert story_documents.is_ours(text)


def library() -> None:
    for key in KEYS:
        CompetencyFactory(key=key)
    for key in THEMES:
        theme(key)


def exported(user) -> str:
    return write(imports.texts_of(Story.objects.for_user(user).kept().order_by("pk")))


@pytest.mark.django_db
def test_200_generated_stories_come_back_to_the_byte(now):
    """Kept by one person, exported, brought by another, exported: the files are the same."""
    library()
    found: list[StoryText] = []

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(story=stories)
    def collect(story):
        story.uid = uuid.UUID(int=len(found))
        found.append(without_twins(story))

    collect()
    assert len(found) >= 200
    alice, bob = UserFactory(username="alice"), UserFactory(username="bob")
    for start in range(0, len(found), 10):
        part = found[start : start + 10]
        imports.keep(alice, part, "generated", now)
    first = exported(alice)
    imports.keep(bob, read(first, "stories.md"), "stories.md", now)
    assert exported(bob) == first
    before = digest()
    changed = imports.keep(bob, read(first, "stories.md"), "stories.md", now)
    assert {change.kind for change in changed} == {"same"}
    assert digest() == before


def without_twins(story: StoryText) -> StoryText:
    # Every title of one's own in its own words: the database holds each once, whatever its case.
    def alone(title: str) -> str:
        return cut(f"{story.uid.int} {title.lower()}", 120)

    story.own_theme = story.own_theme and alone(story.own_theme)
    story.own_shows = {alone(title): first for title, first in story.own_shows.items()}
    return story


def digest() -> list:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Story, Metric, Angle, Shows, OwnCompetency, Revision)
    ]


@pytest.fixture
def now():
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def brought(alice, now):
    """A written story with everything, and the file it makes."""
    library()
    row = written(alice, theme=theme(), status="solid")
    MetricFactory(story=row, position=1)
    MetricFactory(story=row, position=2, name="Cost", before="3", after="1", unit="€", measured="")
    Angle.objects.create(owner=alice, story=row, told_to="A bank", text="Audit first.", position=1)
    return row, exported(alice)


def test_it_reads_well_by_itself(brought):
    row, text = brought
    assert text == (
        "# STAR story\n\n"
        f"## {row.title}\n\n"
        f"- id: {row.uid}\n- theme: modernization\n- status: solid\n- length: 2 minutes\n\n"
        f"### Situation\n\n{row.situation}\n\n### Task\n\n{row.task}\n\n"
        f"### Action\n\n{row.action}\n\n### Result\n\n{row.result}\n\n"
        "### Metrics\n\n"
        "| Metric | Before | After | Unit | How measured |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Release time | 6 | 0.3 | hours | The build log, median of a month |\n"
        "| Cost | 3 | 1 | € |  |\n\n"
        f"### Level signal\n\n{row.signal}\n\n"
        "### Angles\n\n"
        "| For | How to tell it |\n| --- | --- |\n| A bank | Audit first. |\n"
    )


def test_a_file_brought_again_updates_and_doubles_nothing(brought, alice, now):
    row, text = brought
    changed = text.replace("| Cost | 3 |", "| Cost | 4 |").replace("eleven weeks", "ten weeks")
    [planned] = imports.changes_in(alice, read(changed, "f.md"))
    assert (planned.kind, planned.differs) == ("changed", ["result", "metrics"])
    pks = list(Metric.objects.values_list("pk", flat=True))
    imports.keep(alice, read(changed, "f.md"), "f.md", now)
    assert exported(alice) == changed
    assert Story.objects.get() == row
    assert list(Metric.objects.values_list("pk", flat=True)) == pks
    kinds = Revision.objects.of(row).order_by("pk").values_list("version", flat=True)
    assert list(kinds) == [1, 2]
    imports.keep(alice, read(text, "f.md"), "f.md", now)
    assert exported(alice) == text


def test_a_row_that_left_the_file_is_removed_and_one_that_moved_stays_itself(brought, alice, now):
    _, text = brought
    release, cost = Metric.objects.order_by("position")
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("| Release"))
    del lines[at]
    imports.keep(alice, read("\n".join(lines), "f.md"), "f.md", now)
    release.refresh_from_db()
    cost.refresh_from_db()
    assert release.removed_at and not cost.removed_at
    assert cost.position == 1


def test_a_removed_story_comes_back(brought, alice, now):
    row, text = brought
    row.removed_at = now
    row.save()
    [change] = imports.keep(alice, read(text, "f.md"), "f.md", now)
    assert change.removed
    assert Story.objects.kept().get() == row


def test_the_same_id_of_somebody_else_is_another_story(brought, alice, bob, now):
    row, text = brought
    imports.keep(bob, read(text, "f.md"), "f.md", now)
    assert Story.objects.for_user(bob).get().uid == row.uid
    assert exported(alice) == exported(bob) == text


def test_own_competencies_are_found_by_name_or_made(alice, now):
    OwnCompetency.objects.create(owner=alice, title="Regulated markets")
    text = StoryText(uuid.uuid4(), own_theme="Regulated markets", own_shows={"Chess": True})
    imports.keep(alice, [text], "f.md", now)
    assert sorted(OwnCompetency.objects.values_list("title", "is_theme")) == [
        ("Chess", False), ("Regulated markets", True),
    ]  # fmt: skip


ID = "- id: 7c9e6679-7425-40de-944b-e07fc1f90ae7\n"


@pytest.mark.parametrize(
    "text,message",
    [
        ("", "1: There is no story"),
        ("# Stories\n\nWords.\n", "1: There is no story"),
        ("# Stories\n\n### Situation\n", "3: A story has a heading of level 2"),
        ("## A\n\nWords.\n", "1: Below the title"),
        ("## A\n\n- status: solid\n", "needs its id"),
        ("## A\n\n- id: seven\n", "3: A story needs its id"),
        (f"## A\n\n{ID}- id: 1\n", "4: “id” stands here twice"),
        (f"## A\n\n{ID}- colour: red\n", "4: This entry is not known"),
        (f"## A\n\n{ID}- status: perfect\n", "4: “perfect” is not a status"),
        (f"## A\n\n{ID}- length: 3 hours\n", "4: “3 hours” is not a length"),
        (f"## A\n\n{ID}- theme: a\n- own theme: b\n", "5: A story has one theme"),
        (f"## A\n\n{ID}- primary: a, a\n", "4: “a” stands here twice"),
        (f"## A\n\n{ID}\n### Plot\n\nWords.\n", "5: A story has the parts"),
        (f"## A\n\n{ID}\nWords.\n", "5: Here a part"),
        (f"## A\n\n{ID}\n### Task\n\na\n\n### Task\n\nb\n", "9: “Task” stands here twice"),
        (f"## A\n\n{ID}\n### Metrics\n\nMany.\n", "5: Here one table is expected"),
        (f"## A\n\n{ID}\n## B\n\n{ID}", "7: This id stands in the file twice"),
        (f"## {'a' * 201}\n\n{ID}", "1: The title is longer than 200"),
        (f"## A\n\n{ID}\n### Angles\n\n| For | How to tell it |\n|---|---|\n| a | {'b' * 501} |",
         "9: “How to tell it” is longer than 500"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(text, message):
    with pytest.raises(DocumentError, match=re.escape(message)):
        read(text, "stories.md")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "entry", ["theme: no-such", "theme: ownership", "guide: no-such", "primary: no-such"]
)
def test_what_is_not_known_here_is_named_and_nothing_kept(alice, now, entry):
    library()
    found = read(f"## A\n\n{ID}- {entry}\n", "stories.md")
    with pytest.raises(DocumentError, match=r"stories\.md:4: No "):
        imports.keep(alice, found, "stories.md", now)
    assert not Story.objects.exists()


HEAD = f"# Stories\n\n## A\n\n{ID}\n### Situation\n\n".encode()


@pytest.mark.parametrize("name,source", [pytest.param(n, s, id=n) for n, s in hostile()])
def test_a_hostile_file_is_refused_by_name_or_read(name, source):
    """As it is, and behind the head of a story."""
    for text in (source, HEAD + source if isinstance(source, bytes) else HEAD.decode() + source):
        try:
            found = read(text, name)
        except DocumentError as error:
            assert str(error).startswith(f"{name}:")
        else:
            assert all(isinstance(story.uid, uuid.UUID) for story in found)
