"""The matrix, the questions and the choices as pages: what they show, change and cost."""

import threading
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import reverse

from stories import asking, bank, choices, matrix
from stories.asking import Choice
from stories.models import Competency, Match, OwnCompetency, Prompt, Question, Shows, Story
from tests.factories import shipped
from tests.stories.factories import (
    CompetencyFactory,
    QuestionFactory,
    StoryFactory,
    asks,
    theme,
    written,
)

pytestmark = pytest.mark.django_db
MATRIX, QUESTIONS = "/stories/coverage/", "/stories/questions/"


def htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target}


@pytest.fixture
def client(client_of, alice):
    return client_of(alice)


@pytest.fixture
def shared():
    """Two themes, two competencies, three questions."""
    old, team = theme("modernization"), theme("team")
    own, deep = (
        CompetencyFactory(key="ownership"),
        CompetencyFactory(key="dive-deep", group="principle", write_next="Trace one fault."),
    )
    asks(QuestionFactory(key="one", order=1, text="What broke?"), deep, own)
    asks(QuestionFactory(key="two", order=2, text="What is yours?"), own, old)
    asks(QuestionFactory(key="three", order=3, subject="People", text="Whom did you lead?"), team)
    return {"old": old, "team": team, "own": own, "deep": deep}


@pytest.fixture
def story(alice, shared) -> Story:
    return written(alice, title="Releases", theme=shared["old"])


def mark(client, story, ref, level, **headers):
    return client.post(reverse(f"stories:mark-{level}", args=[story.pk, ref]), headers=headers)


# The matrix


def test_the_matrix_names_what_is_missing(client, story, shared):
    Shows.objects.create(owner=story.owner, story=story, competency=shared["deep"], primary=True)
    response = client.get(MATRIX)
    board = response.context["board"]
    assert [gap.column.ref for gap in board.empty] == ["team", "ownership"]
    assert [gap.column.ref for gap in board.thin] == ["modernization", "dive-deep"]
    assert [group.name for group in board.groups] == [
        "Themes", "Core signals", "Leadership Principles"]  # fmt: skip
    assert (board.covered, board.firm) == (2, 0)
    assert "of them two or more" not in response.content.decode()
    levels = {cell.title: cell.level for cell in response.context["lines"][0][1]}
    assert levels == {"Modernization": "theme", "Team": "none", "Ownership": "none",
                      "Dive deep": "primary"}  # fmt: skip


def test_the_gap_of_the_address_is_the_one_to_write(client, story, shared):
    assert client.get(MATRIX).context["gap"].column.ref == "team"
    response = client.get(MATRIX, {"next": "dive-deep"}, headers=htmx("gaps"))
    assert response.context["gap"].column.ref == "dive-deep"
    text = response.content.decode()
    assert "Trace one fault." in text and "<html" not in text
    assert "1 question</a> asks for it" in " ".join(text.split())
    assert client.get(MATRIX, {"next": "nonsense"}).context["gap"].column.ref == "team"


def test_marking_sets_and_undo_puts_back(client, story, shared):
    response = mark(client, story, "ownership", "primary")
    assert response.url == f"{MATRIX}#c{story.pk}-ownership"
    assert Shows.objects.get().primary
    mark(client, story, "ownership", "primary")
    assert Shows.objects.count() == 1
    mark(client, story, "ownership", "secondary")
    assert not Shows.objects.get().primary
    # The page that follows offers the way back.
    undo = reverse("stories:mark-primary", args=[story.pk, "ownership"])
    assert f'action="{undo}"' in client.get(MATRIX).content.decode()
    mark(client, story, "ownership", "none")
    mark(client, story, "ownership", "none")
    assert not Shows.objects.exists()


def test_htmx_gets_the_cell_its_count_and_the_gaps(client, story, shared):
    response = mark(client, story, "ownership", "primary", **htmx(f"c{story.pk}-ownership"))
    text = response.content.decode()
    assert "<html" not in text and text.startswith(f'<button type="submit" id="c{story.pk}-own')
    assert 'id="count-ownership" class="count one" hx-swap-oob="true">1<' in text
    assert '<section id="gaps"' in text and "Ownership: primary in “Releases”." in text
    again = mark(client, story, "ownership", "primary", **htmx(f"c{story.pk}-ownership"))
    assert "Undo" not in again.content.decode()


def test_a_theme_is_not_marked_off_here(client, story):
    assert mark(client, story, "modernization", "none").status_code == 404
    assert mark(client, story, "no-such", "primary").status_code == 404


def test_the_address_of_a_cell_is_the_resolvers(alice, story):
    board = matrix.load(alice)
    row = board.rows[0]
    for group in board.groups:
        for column in group.columns:
            url = matrix.cell(row, column).url
            if url:
                assert url == reverse("stories:mark-primary", args=[row.id, column.ref])


def test_own_competencies_are_columns_until_they_are_removed(client, alice, story):
    own = OwnCompetency.objects.create(owner=alice, title="Night shifts")
    mark(client, story, own.value, "secondary")
    board = client.get(MATRIX).context["board"]
    assert board.groups[-1].name == "Your own" and board.counts[own.value] == 1
    own.removed_at = story.created_at
    own.save()
    assert own.value not in client.get(MATRIX).context["board"].counts


def test_bob_marks_nothing_of_alices(client_of, alice, bob, story):
    own = OwnCompetency.objects.create(owner=alice, title="Secret")
    browser = client_of(bob)
    assert mark(browser, story, "ownership", "primary").status_code == 404
    mine = StoryFactory(owner=bob)
    assert mark(browser, mine, own.value, "primary").status_code == 404
    assert "Secret" not in browser.get(MATRIX).content.decode()
    assert not Shows.objects.exists()


def test_a_removed_story_covers_nothing(client, story, shared):
    mark(client, story, "ownership", "primary")
    story.removed_at = story.created_at
    story.save()
    board = client.get(MATRIX).context["board"]
    assert board.rows == [] and set(board.counts.values()) == {0}


def test_beginning_a_story_for_a_gap(client, alice, shared):
    key = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    Prompt.objects.create(competency=shared["old"], part="task", position=1, text="Why you?")
    url = reverse("stories:begin-for", args=["ownership"])
    first, second = client.post(url, {"key": key}), client.post(url, {"key": key})
    row = Story.objects.get()
    assert first.url == second.url == row.get_absolute_url()
    # Ownership is asked for together with modernization, whose outline stands beside the text.
    assert (row.theme, row.outline) == (None, shared["old"])
    assert Shows.objects.get().competency == shared["own"] and Shows.objects.get().primary
    client.post(reverse("stories:begin-for", args=["team"]), {"key": key})
    row = Story.objects.get(theme=shared["team"])
    assert row.outline is None and not Shows.objects.filter(story=row).exists()


def test_only_an_outline_that_is_there_is_offered(client, shared):
    for ref in ("modernization", "ownership"):
        assert "with the outline for" not in client.get(f"{MATRIX}?next={ref}").content.decode()
    Prompt.objects.create(competency=shared["old"], part="task", position=1, text="Why you?")
    for ref in ("modernization", "ownership"):
        page = client.get(f"{MATRIX}?next={ref}").content.decode()
        assert "with the outline for Modernization" in page
    assert "with the outline for" not in client.get(f"{MATRIX}?next=team").content.decode()


# Choices


def rows() -> list[tuple]:
    return list(Match.objects.order_by("rank").values_list("story__title", "rank", "fit"))


@pytest.fixture
def two(alice, story) -> list[Story]:
    return [story, written(alice, title="Export")]


def choose(client, story, rank="first", key="one", fit="", headers=None, **more):
    values = {"story": story.pk, "rank": rank, "fit": fit, **more}
    return client.post(reverse("stories:choose", args=[key]), values, headers=headers)


def test_choosing_swapping_clearing(client, two):
    first, second = two
    assert choose(client, first).url == "/stories/questions/one/"
    assert rows() == [("Releases", 1, asking.STRETCH)]  # it shows nothing of what is asked
    choose(client, second, "second", fit="3")
    choose(client, second, "second", fit="3")
    assert rows() == [("Releases", 1, 1), ("Export", 2, 3)]
    choose(client, second)  # the swap keeps each one's fit
    assert rows() == [("Export", 1, 3), ("Releases", 2, 1)]
    client.post(reverse("stories:clear", args=["one"]), {"story": second.pk})
    assert rows() == [("Releases", 1, 1)]


def test_the_fit_begins_with_what_the_story_shows(client, two, shared):
    Shows.objects.create(owner=two[0].owner, story=two[0], competency=shared["deep"], primary=True)
    Shows.objects.create(owner=two[0].owner, story=two[1], competency=shared["own"], primary=True)
    choose(client, two[0])
    choose(client, two[1], "second")
    assert rows() == [("Releases", 1, asking.STRONG), ("Export", 2, asking.FAIR)]


def undo_of(response) -> str:
    text = response.content.decode()
    return (
        text.split('hx-post="/stories/questions/one/put-back/')[1]
        .split('"')[0]
        .replace("&amp;", "&")
    )


def test_undo_puts_back_what_was_unless_it_changed_since(client, two):
    choose(client, two[0], fit="3")
    headers = htmx("choices")
    undo = "/stories/questions/one/put-back/" + undo_of(
        choose(client, two[1], fit="2", headers=headers)
    )
    assert rows() == [("Export", 1, 2)]
    for _ in range(2):
        response = client.post(undo, headers=headers)
        assert "As it was." in response.content.decode()
        assert rows() == [("Releases", 1, 3)]
    choose(client, two[0], fit="1")
    assert "stay as they are" in client.post(undo, headers=headers).content.decode()
    assert rows() == [("Releases", 1, 1)]


def test_undo_refuses_what_is_not_ones_own(client, client_of, bob, two):
    theirs = StoryFactory(owner=bob)
    url = reverse("stories:put-back", args=["one"])
    client.post(f"{url}?was=&to={theirs.pk}-3")
    assert rows() == []
    for wrong in ("x", "1-9", "1-1.1-2", "1-1.2-1.3-1", "1-1."):
        assert client.post(f"{url}?was=&to={wrong}").status_code == 404
    assert choose(client_of(bob), two[0]).status_code == 404


def test_codes_in_addresses_come_back_the_same():
    for given in ((), (Choice(12, 3),), (Choice(12, 3), Choice(5, 1))):
        assert choices.decode(choices.encode(given)) == given


def test_a_removed_story_is_no_choice_and_gives_its_place_up(client, alice, two):
    choose(client, two[0], fit="3")
    choose(client, two[1], "second", fit="2")
    two[0].removed_at = two[0].created_at
    two[0].save()
    one = bank.load(alice).asked[0]
    assert [(told.row.name, told.rank) for told in one.told] == [("Export", 1)]
    choose(client, two[1], fit="3")
    assert rows() == [("Export", 1, 3)]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_two_choices_at_most(alice, shared):
    question = Question.objects.get(key="one")
    stories = [written(alice, title=str(n)) for n in range(8)]
    wrong = []

    def work(n: int):
        try:
            for turn in range(6):
                story = stories[(n + turn) % 8]
                story.owner = alice
                choices.choose(question, story, 1 + turn % 2, 1 + n % 3)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert list(Match.objects.order_by("rank").values_list("rank", flat=True)) == [1, 2]


# The list of questions


def keys(response) -> list[str]:
    return [each.key for each in response.context["asked"]]


def test_filters_stay_in_the_address(client, two):
    choose(client, two[0], key="two", fit="3")
    assert keys(client.get(QUESTIONS)) == ["one", "two", "three"]
    for query, found in (
        ({"competency": "ownership"}, ["one", "two"]),
        ({"subject": "People"}, ["three"]),
        ({"state": "second"}, ["two"]),
        ({"state": "none", "competency": "ownership"}, ["one"]),
        ({"q": "releases"}, ["two"]),
        ({"q": "LEAD whom"}, ["three"]),
        ({"state": "nonsense"}, ["one", "two", "three"]),
        ({"q": "zebra\0"}, []),
    ):
        assert keys(client.get(QUESTIONS, query)) == found, query
    response = client.get(QUESTIONS, {"state": "none", "q": "broke"}, headers=htmx("questions"))
    assert response["HX-Push-Url"] == f"{QUESTIONS}?q=broke&state=none"
    text = response.content.decode()
    assert "<html" not in text and "/one/?q=broke&amp;state=none" in text


def test_the_page_of_a_question_suggests_and_leads_on(client, two, shared):
    Shows.objects.create(owner=two[1].owner, story=two[1], competency=shared["own"], primary=True)
    response = client.get("/stories/questions/one/?state=none")
    assert [each.row.name for each, _ in response.context["suggested"]] == ["Export"]
    assert [row.name for row in response.context["others"]] == ["Releases"]
    assert response.context["following"].key == "two"
    assert client.get("/stories/questions/three/?state=none").context["following"].key == "one"
    assert client.get("/stories/questions/nonsense/").status_code == 404
    Question.objects.filter(key="one").update(published=False)
    assert client.get("/stories/questions/one/").status_code == 404
    assert choose(client, two[0]).status_code == 404


def test_filters_go_along_when_a_story_is_chosen(client, story):
    response = choose(client, story, back="asked", state="none", q="broke")
    assert response.url == "/stories/questions/one/asked/?q=broke&state=none"


def test_ask_me_one_never_the_same_twice_in_a_row(client, story):
    choose(client, story, key="two", fit="3")
    last = ""
    for _ in range(12):
        response = client.get(f"{QUESTIONS}ask/?subject=Performance")
        path = urlsplit(response.url)
        key = path.path.split("/")[-3]
        assert key in ("one", "two") and key != last and path.query == "subject=Performance"
        last = key
    assert client.get(response.url).status_code == 200
    empty = client.get(f"{QUESTIONS}ask/?q=zebra")
    assert empty.url == f"{QUESTIONS}?q=zebra"


def test_what_a_story_answers_and_could(client, two, shared):
    Shows.objects.create(owner=two[0].owner, story=two[0], competency=shared["own"], primary=True)
    choose(client, two[0], key="one", fit="2", back=str(two[0].pk))
    context = client.get(f"/stories/{two[0].pk}/questions/").context
    assert [(one.key, told.fit) for one, told in context["told"]] == [("one", 2)]
    assert [one.key for one, _ in context["made_for"]] == ["two"]
    assert context["made_for"][0][1] == [("Ownership", "primary"), ("Modernization", "theme")]
    assert context["touched"] == []
    assert choose(client, two[0], key="two", back=str(two[0].pk)).url == (
        f"/stories/{two[0].pk}/questions/"
    )


# What it costs


def many(alice, count: int) -> Story:
    known = list(Competency.objects.all())
    made = [StoryFactory(owner=alice, title=f"Story {n}", theme=known[n % 4]) for n in range(count)]
    Shows.objects.bulk_create(
        Shows(owner=alice, story=row, competency=known[4 + (n + k) % 20], primary=k == 0)
        for n, row in enumerate(made)
        for k in range(4)
    )
    return made[-1]


@pytest.mark.parametrize("count", [1, 200])
def test_query_counts_do_not_grow_with_the_stories(client, alice, django_assert_num_queries, count):
    shipped(Competency, Question)
    last = many(alice, count)
    # Session and user, then five for the matrix or six for the bank.
    with django_assert_num_queries(7):
        client.get(MATRIX)
    with django_assert_num_queries(8):
        client.get(QUESTIONS)
    with django_assert_num_queries(9):
        client.get(reverse("stories:question", args=["were-wrong"]))
    with django_assert_num_queries(9):
        client.get(reverse("stories:answers", args=[last.pk]))


def test_the_content_has_sixty_questions_with_competencies():
    shipped(Competency, Question)
    asked = matrix.asked_for()
    assert Question.objects.published().count() == len(asked) >= 60
    # Every competency is asked for by some question, so that no column is without one.
    used = {ref for refs in asked.values() for ref in refs}
    assert used == set(Competency.objects.values_list("key", flat=True))
