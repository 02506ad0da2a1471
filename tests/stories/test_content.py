"""Competencies, outlines and questions: files in, rows out, and the starter content itself."""

import pytest
from django.utils import timezone

from stories import documents
from stories.library import Competency, Part, Question
from writing.content import load, sources
from writing.documents import DocumentError, cut

THEMES = b"""---
id: themes
group: theme
---
# Story themes

Words for whoever reads the file.

## Modernization
- id: modernization
- order: 10
- means: You rebuilt it.
- listens for: Why.
- write next: Take the oldest one.

### Situation
- Why was it failing?
  - Hint: A number.
- Who noticed?

### Level signal
- What did you leave out?
"""
QUESTIONS = b"""---
id: performance
order: 2
---
# Performance and scale

## Tell me about a slow system.
- id: slow-system
- competencies: modernization, dive-deep
- listens for: A cause.
- follow-ups: How did you know? | What did it cost?
"""


def competency(source: bytes) -> documents.CompetencyText:
    return documents.competency(cut(source, "themes.md")[0].document("themes.md"))


def question(source: bytes) -> documents.QuestionText:
    return documents.question(cut(source, "q.md")[0].document("q.md"))


def test_a_competency_with_its_outline():
    found = competency(THEMES)
    assert (found.title, found.group, found.order) == ("Modernization", "theme", 10)
    assert (found.means, found.listens_for) == ("You rebuilt it.", "Why.")
    assert found.write_next == "Take the oldest one."
    assert [(p.part, p.text, p.hint) for p in found.prompts] == [
        ("situation", "Why was it failing?", "A number."),
        ("situation", "Who noticed?", ""),
        ("signal", "What did you leave out?", ""),
    ]


def test_a_question():
    found = question(QUESTIONS)
    assert (found.text, found.subject) == ("Tell me about a slow system.", "Performance and scale")
    assert found.competencies == ["modernization", "dive-deep"]
    assert found.follow_ups == ["How did you know?", "What did it cost?"]
    assert found.order == 2 * 500 + 7


@pytest.mark.parametrize(
    "old,new,message",
    [
        (b"group: theme", b"group: colour", 'themes.md:3: "colour" is not a group'),
        (b"group: theme\n", b"", "needs a line"),
        (b"- order: 10", b"- order: ten", 'themes.md:11: "order" is a whole number'),
        (b"- means:", b"- meaning:", 'themes.md:12: "meaning" is not known here'),
        (b"### Situation", b"### Plot", "themes.md:16: An outline has the parts"),
        (b"Hint: A number.", b"A number.", "themes.md:17: Below a question stands at most one"),
        (b"- Who noticed?", b"\nWho noticed?\n\n- b", "one list of questions"),
        (b"Why was it failing?", b"w" * 301, "themes.md:17: A question and its hint"),
        (b"## Modernization", b"## " + b"m" * 121, "longer than 120"),
    ],
)
def test_a_mistake_in_a_competency_is_named(old, new, message):
    assert old in THEMES
    with pytest.raises(DocumentError) as error:
        competency(THEMES.replace(old, new))
    assert message in str(error.value)


@pytest.mark.parametrize(
    "old,new,message",
    [
        (b"- competencies: modernization, dive-deep\n", b"", "names the competencies"),
        (b"modernization, dive-deep", b"a, a", "q.md:9: A question names the competencies"),
        (b"order: 2", b"order: two", "q.md:3: order is a whole number"),
        (b"| What", b"| " + b"w" * 301, "A follow-up is at most 300"),
        (b"cost?\n", b"cost?\n\nAnd more.\n", "q.md:13: Below the list of a question"),
    ],
)
def test_a_mistake_in_a_question_is_named(old, new, message):
    assert old in QUESTIONS
    with pytest.raises(DocumentError) as error:
        question(QUESTIONS.replace(old, new))
    assert message in str(error.value)


@pytest.mark.django_db
def test_a_question_for_a_competency_that_is_not_there_is_named():
    with pytest.raises(DocumentError, match=r'q\.md:9: No competency has the id "modernization"'):
        documents.apply_question(Question(key="slow-system"), question(QUESTIONS))
    assert not Question.objects.exists()


@pytest.mark.django_db
def test_applied_again_a_competency_keeps_its_row_and_changes_its_outline():
    row = Competency(key="modernization")
    documents.apply_competency(row, competency(THEMES))
    documents.apply_competency(row, competency(THEMES.replace(b"- Who noticed?\n", b"")))
    assert Competency.objects.get().prompts.count() == 2


@pytest.mark.django_db
def test_the_starter_content():
    """What issue and product ask for is there, and a second load changes nothing."""
    own = [source for source in sources() if source.model in (Competency, Question)]
    load(timezone.now(), only=own)
    groups = [Competency.objects.filter(group=group).count() for group in Competency.Group.values]
    assert groups == [4, 5, 16]
    for row in Competency.objects.filter(group="theme"):
        assert {prompt.part for prompt in row.prompts.all()} == set(Part.values), row
    assert not Competency.objects.filter(write_next="").exists()
    assert Question.objects.count() >= 60
    asked_for = Competency.objects.filter(asked_by__isnull=False).distinct()
    assert set(Competency.objects.values_list("key")) == set(asked_for.values_list("key"))
    assert all(report.unchanged for report in load(timezone.now(), only=own))


@pytest.mark.django_db
def test_staff_edit_competencies_with_their_outlines_and_never_stories(client_of, charlie):
    from django.contrib import admin

    from accounts.ownership import owned_models

    assert not {*owned_models()} & set(admin.site._registry)
    charlie.is_superuser = True
    charlie.save()
    row = Competency(key="modernization")
    documents.apply_competency(row, competency(THEMES))
    documents.apply_question(Question(key="q"), question(QUESTIONS.replace(b", dive-deep", b"")))
    staff = client_of(charlie)
    page = staff.get(f"/admin/stories/competency/{row.pk}/change/").content.decode()
    assert "Why was it failing?" in page
    for address in ("competency/", "competency/add/", "question/", "question/add/",
                    f"question/{Question.objects.get().pk}/change/"):  # fmt: skip
        response = staff.get(f"/admin/stories/{address}")
        assert response.status_code == 200, address
        assert "object (" not in response.content.decode(), address


@pytest.mark.django_db
def test_staff_see_questions_in_the_order_of_the_pages(client_of, charlie):
    charlie.is_superuser = True
    charlie.save()
    for number, text in ((2, "A"), (1, "B")):
        Question.objects.create(key=f"q{number}", text=text, subject="S", order=number)
    page = client_of(charlie).get("/admin/stories/question/")
    assert [row.text for row in page.context["cl"].result_list] == ["B", "A"]
