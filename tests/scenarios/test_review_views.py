"""After an attempt: compared, scored, found again."""

import uuid

import pytest

from scenarios import rubric
from scenarios.models import Choice, Question, Scenario
from scenarios.sheets import AttemptChoice, DesignSheet, Reflection
from tests.scenarios.practice import address, after, attempt_of, finished, scenario
from tests.scenarios.test_practice_views import ask, open_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(alice, client_of, clock):
    """Alice's finished attempt: three questions, a design, two choices, a follow-up answered."""
    attempt = open_until(attempt_of(alice), "wrap-up")
    client = client_of(alice)
    for place, text in enumerate(
        ["How many buyers arrive after a show?", "May it be oversold?", "Colour?"], 1
    ):
        ask(client, attempt, text, place)
    DesignSheet.objects.update(design="CDN **first**.", diagram="flowchart LR\n  a --> b")
    for name, why in (("CDN", "Takes the spike."), ("DynamoDB", "It scales."), ("Rust", "")):
        AttemptChoice.objects.create(owner=alice, attempt=attempt, name=name, why=why,
                                     request_key=uuid.uuid4())  # fmt: skip
    attempt.follow_ups.filter(position=1).update(text="Shed load.")
    attempt.finish(after(41))
    return type(attempt).objects.get(pk=attempt.pk)


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_four_parts_stand_beside_the_models(worked, alice, client_of):
    page = text_of(client_of(alice).get(address("compare", worked.pk)))
    assert "You asked 3; they cover 2 of the model’s 5." in page
    assert "Missed altogether: business goal, non-functional, constraints." in page
    assert "<strong>first</strong>" in page and "Browse." in page
    assert page.count('<figure class="diagram">') == 2
    assert "You share 1 with the model and made 1 differently" in page
    assert "beyond 5,000 writes a second" in page and "Rust" in page
    # One shared, one made differently: each says whose it is, also where one is under the other.
    for whose in ("Yours", "The model’s"):
        assert page.count(f'<p class="whose">{whose}</p>') == 2
    assert "Shed load." in page and "I shed load first." in page and "IC7" in page


def test_one_question_and_one_minute_are_told_as_one(alice, client_of, clock):
    attempt = attempt_of(alice, mode="clarify")
    client = client_of(alice)
    ask(client, attempt, "May it be oversold?")
    clock(1)
    assert "Finish after 1 minute?" in text_of(client.post(address("finish", attempt.pk)))
    attempt.finish(after(1))
    page = text_of(client.get(address("compare", attempt.pk)))
    assert "only clarify, 1 minute" in page and "1 minutes" not in page
    assert "You asked 1; it covers 1 of the model’s 5." in page


def test_a_later_edition_changes_the_models_side_alone(worked, alice, client_of):
    Question.objects.filter(position=1).update(answer="A million.")
    Choice.objects.all().delete()
    page = text_of(client_of(alice).get(address("compare", worked.pk)))
    assert "About 40,000, for 20 minutes." in page
    assert "You share none" in page and "Takes the spike." in page


def test_without_a_solution_the_page_says_so_and_shows_yours(worked, alice, client_of):
    row = Scenario.objects.get()
    for name in ("flows", "diagram", "estimate", "data_model", "failure_modes", "cost"):
        setattr(row, name, "")
    row.save()
    page = text_of(client_of(alice).get(address("compare", worked.pk)))
    assert "no model solution yet" in page and "<strong>first</strong>" in page


def test_only_clarify_keeps_the_design_for_later(
    alice, client_of, clock, django_assert_num_queries
):
    attempt = attempt_of(alice, mode="clarify")
    ask(client_of(alice), attempt, "How many buyers arrive after a show?")
    attempt.finish(after(9))
    client = client_of(alice)
    with django_assert_num_queries(8):  # nothing of the design is even read
        page = text_of(client.get(address("compare", attempt.pk)))
    assert "it covers 1 of the model’s 5" in page
    assert "It takes the spike away" not in page and "Browse." not in page
    page = text_of(client_of(alice).get(address("score", attempt.pk)))
    assert "Trade-off fluency" not in page and 'name="next_time"' in page


def test_a_later_edition_does_not_change_what_was_covered(alice, client_of, clock):
    """New wordings would answer now what was left to assume then; a reworded one still counts."""
    attempt = attempt_of(alice, mode="clarify")
    client = client_of(alice)
    ask(client, attempt, "How many buyers arrive after a show?", 1)
    ask(client, attempt, "Which t-shirt sizes are there?", 2)
    attempt.finish(after(9))
    page = address("compare", attempt.pk)
    assert "they cover 1 of the model’s 5" in text_of(client.get(page))
    Question.objects.filter(category="functional").update(
        aliases=["which t-shirt sizes are there", "which sizes"]
    )
    assert "they cover 1 of the model’s 5" in text_of(client.get(page))
    Question.objects.filter(category="users-scale").update(
        text="How many buyers arrive after a show, and how fast?"
    )
    assert "they cover 1 of the model’s 5" in text_of(client.get(page))


def test_what_is_written_cannot_run(alice, client_of):
    attempt = open_until(attempt_of(alice), "wrap-up")
    DesignSheet.objects.update(design="<script>alert(1)</script>", diagram="<img src=x onerror=y>")
    attempt.finish(after(41))
    page = text_of(client_of(alice).get(address("compare", attempt.pk)))
    assert "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.parametrize("choices", [3, 12])
def test_the_comparison_asks_a_fixed_number_of_questions(
    worked, alice, client_of, django_assert_num_queries, choices
):
    for n in range(choices):
        Choice.objects.create(scenario=worked.scenario, name=f"Choice {n}", why="why")
    client = client_of(alice)
    client.get(address("compare", worked.pk))
    with django_assert_num_queries(15):
        client.get(address("compare", worked.pk))


def test_the_anchors_stand_beside_each_score(worked, alice, client_of):
    page = text_of(client_of(alice).get(address("score", worked.pk)))
    from django.utils.html import escape

    for signal in rubric.SIGNALS:
        for _, level, anchor in signal.anchors:
            assert escape(anchor) in page and level in page
    assert page.count('class="anchor"') == 15


def test_every_anchor_is_a_sentence_of_its_own():
    anchors = [anchor for signal in rubric.SIGNALS for _, _, anchor in signal.anchors]
    assert len(set(anchors)) == 15
    assert all(anchor[-1] in ".”" and len(anchor.split()) >= 12 for anchor in anchors)
    assert rubric.BEST == 10


def test_a_score_is_kept_and_told(worked, alice, client_of):
    client = client_of(alice)
    data = {"trade_offs": 2, "scalability": 1, "data_pipelines": 1, "build_or_buy": 0, "cost": 0}
    assert client.post(address("score", worked.pk), data).url == address("score", worked.pk)
    row = Reflection.objects.get(attempt=worked)
    assert (row.total, row.scored_at is not None) == (4, True)
    page = text_of(client.get(address("score", worked.pk)))
    assert "<b>4</b>" in page and "of 10" in page
    client.post(address("score", worked.pk), {"cost": 1})
    row.refresh_from_db()
    assert (row.total, row.cost) == (None, 1)


@pytest.mark.parametrize("value", ["3", "-1", "x", "1.5"])
def test_a_score_beyond_the_scale_is_refused(worked, alice, client_of, value):
    response = client_of(alice).post(address("score", worked.pk), {"cost": value})
    assert response.status_code == 422
    assert Reflection.objects.get(attempt=worked).cost is None


def test_an_open_attempt_has_no_score_yet(alice, client_of):
    attempt = attempt_of(alice)
    assert client_of(alice).post(address("score", attempt.pk), {"cost": 1}).status_code == 302
    assert Reflection.objects.get().cost is None


def test_a_second_attempt_shows_the_difference_to_the_first(worked, alice, client_of, clock):
    client = client_of(alice)
    first = {s.field: 1 for s in rubric.SIGNALS}
    client.post(address("score", worked.pk), first)
    Reflection.objects.filter(attempt=worked).update(next_time="Name a figure early.")
    second = finished(alice, worked.scenario, begun=after(600), minutes=40)
    client.post(address("score", second.pk), first | {"cost": 2})
    page = text_of(client.get(address("score", second.pk)))
    assert "Since attempt 1" in page and "of 10, was 5" in page and "was 1" in page
    assert "Name a figure early." in page and "last time" in page
    assert "Questions covered" in page and "Minutes on “Wrap up”" in page
    assert "Since attempt" not in text_of(client.get(address("score", worked.pk)))


def test_what_one_told_oneself_stands_beside_the_next_attempt(worked, alice, bob, client_of):
    shop, client = worked.scenario, client_of(alice)
    worked.reflection.next_time = "Name a figure\nearly."
    worked.reflection.save()
    second = attempt_of(alice, shop, now=after(600))
    pages = [address("scenario", shop.key), address("attempts", shop.key),
             address("phase", second.pk, "clarify")]  # fmt: skip
    for page in pages:
        text = text_of(client.get(page))
        assert "told yourself after attempt 1" in text and "Name a figure<br>early." in text
    # Nothing of it on the first attempt, nor for anybody else.
    assert "told yourself" not in text_of(client_of(bob).get(address("scenario", shop.key)))
    second.reflection.next_time = "A later note."
    second.reflection.save()
    assert "A later note." not in text_of(client.get(pages[2]))
    assert "A later note." in text_of(client.get(pages[0]))


def test_the_history_lists_ones_own(worked, alice, bob, client_of):
    attempt_of(bob, worked.scenario)
    attempt_of(alice, worked.scenario, now=after(700))
    page = text_of(client_of(alice).get(address("attempts", "band-shop")))
    assert "Attempt 2, go on" in page and "2 of 5 questions" in page
    assert page.count('class="whole"') == 2
    empty = scenario("other", title="Other")
    assert "No attempt yet" in text_of(client_of(alice).get(address("attempts", empty.key)))
    assert client_of(alice).get(address("attempts", "nothing")).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_history_asks_a_fixed_number_of_questions(
    alice, client_of, django_assert_num_queries, count
):
    shop = scenario()
    for n in range(count):
        finished(alice, shop, begun=after(100 * n))
    client = client_of(alice)
    with django_assert_num_queries(6):
        client.get(address("attempts", shop.key))
