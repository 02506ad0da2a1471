"""Cards out to files and in again: byte for byte, once, and with a named error for what is none."""

import string
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from drills import anki, card_documents, exchange, own
from drills.card_texts import CardText, canonical
from drills.decks import Kind
from drills.models import Card, Entry, Filing, Group
from tests.drills.factories import NOW, after, card, deck, entry, in_review
from tests.writing.hostile import hostile
from tests.writing.strategies import MARKS, SHARE
from writing.documents import DocumentError
from writing.models import Revision
from writing.text import clean_text

FORMATS = ["markdown", "anki"]
# Words, and what looks like Markdown, Anki's headers or a quoted field.
PIECES = [
    *MARKS, "word", "Kafka", " ", "\t", "\n", "\n\n", '"', '""', "'", "#tags:x", "#separator:comma",
    "tags:a", "::", ",", ";", "é", "🕐", "## Answer", "### Answer", "### Note", "- id: x", "“", "”",
    "<br>", "&amp;", "a_b", "%5f", "---\n", "```markdown\nx\n```", "\u00a0", "\u2028", "\\",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8).map("".join)
lines = texts.map(lambda text: clean_text(text, one_line=True)[:200])
guids = st.text(string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_`{|}~", min_size=1)


@st.composite
def card_texts(draw) -> CardText:
    return canonical(
        CardText(
            draw(guids.filter(lambda guid: not guid.startswith("entry:"))),
            draw(lines.filter(bool)),
            draw(texts),
            draw(texts),
            draw(st.sampled_from(Kind.values)),
            draw(lines),
            draw(st.lists(lines.map(lambda tag: tag[:50]), max_size=3)),
        )
    )


decks = st.lists(card_texts(), min_size=1, max_size=5, unique_by=lambda text: text.guid)


@pytest.mark.parametrize("module", [anki, card_documents], ids=["anki", "markdown"])
@pytest.mark.long
@settings(max_examples=200 // SHARE, deadline=None)
@given(found=decks)
def test_a_file_says_what_the_cards_say(module, found):
    written = module.write(found)
    assert module.read(written, "file") == found
    assert module.read(written.encode(), "file") == found
    assert module.write(module.read(written, "file")) == written
    assert exchange.read(written, "file") == found


def test_a_heading_within_a_card_of_anki_makes_no_markdown_of_its_file():
    found = [canonical(CardText("a", "Why?", "First.\n\n## Then\n\nMore.", "", Kind.FACT, "", []))]
    assert exchange.read(anki.write(found), "file") == found


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=decks)
def test_export_import_export_is_the_same_to_the_byte(alice, bob, form, found):
    Card.objects.filter(owner__in=[alice, bob]).update(removed_at=NOW)
    Filing.objects.all().delete()
    exchange.keep(alice, found, NOW)
    first = exchange.document(alice, form)
    read = exchange.read(first, "file")
    assert read == found
    assert {change.kind for change in exchange.keep(bob, read, NOW)} == {"new"}
    assert exchange.document(bob, form) == first
    before = list(Card.objects.for_user(bob).order_by("pk").values())
    again = exchange.keep(bob, exchange.read(first, "file"), after(days=1))
    assert {change.kind for change in again} == {"same"}
    assert list(Card.objects.for_user(bob).order_by("pk").values()) == before


@pytest.mark.django_db
class TestKeep:
    @pytest.fixture
    def known(self, alice) -> Card:
        group = own.add_group(alice, "Shop", "", uuid.uuid4())
        made, _ = own.add_card(
            alice, "guid-1", NOW, front="Why Kafka?", answer="Because.", group=group, tags=["log"]
        )
        return made

    @pytest.mark.parametrize("form", FORMATS)
    def test_updating_keeps_schedule_and_history(self, alice, known, form):
        Card.objects.filter(pk=known.pk).update(state="review", stability=9, reps=4, turn=4)
        text = exchange.document(alice, form).replace("Because.", "Because of bursts.")
        [change] = exchange.keep(alice, exchange.read(text, "file"), NOW)
        assert (change.kind, change.differs) == ("changed", ["answer"])
        known.refresh_from_db()
        assert known.answer == "Because of bursts."
        assert "Because of bursts." in known.answer_html
        assert (known.state, known.stability, known.reps, known.turn) == ("review", 9, 4, 4)
        assert Revision.objects.of(known).count() == 2
        assert Card.objects.count() == 1
        assert Group.objects.count() == 1

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_card_taken_out_comes_back(self, alice, known, form):
        text = exchange.document(alice, form)
        Card.objects.update(removed_at=NOW)
        [change] = exchange.keep(alice, exchange.read(text, "file"), NOW)
        assert change.kind == "back"
        assert Card.objects.for_user(alice).standing().get() == known

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_sentence_on_a_shared_entry_goes_home(self, alice, bob, form):
        shared = entry(deck())
        Card.objects.add(alice, front="", entry=shared, answer="Mine, because.", now=NOW)
        Card.objects.add(alice, front="", entry=entry(deck("x"), "unwritten"), now=NOW)
        text = exchange.document(alice, form)
        assert "entry:lambda" in text
        assert "unwritten" not in text
        exchange.keep(bob, exchange.read(text, "file"), NOW)
        made = Card.objects.for_user(bob).get()
        assert (made.entry, made.answer, made.front) == (shared, "Mine, because.", "")
        assert exchange.document(bob, form) == text

    def test_cards_older_than_files_have_names_too(self, alice):
        made = card(alice, "Why SQS?", answer="It waits.")
        text = exchange.document(alice, "anki")
        assert own.guid_of(made) in text
        exchange.keep(alice, exchange.read(text.replace("It waits.", "It rests."), "file"), NOW)
        made.refresh_from_db()
        assert made.answer == "It rests."
        assert Card.objects.count() == 1

    @pytest.mark.parametrize(
        "text",
        ["Why Kafka?\tBecause.\n", "#separator:Semicolon\nWhy Kafka?;Because.\n",
         "## Why Kafka?\n- answer: Because.\n"],
    )  # fmt: skip
    def test_without_a_name_the_question_is_one(self, alice, text):
        for _ in range(2):
            exchange.keep(alice, exchange.read(text, "file"), NOW)
        made = Card.objects.get()
        assert (made.front, made.answer, made.kind) == ("Why Kafka?", "Because.", "facts")

    def test_somebody_elses_card_is_never_touched(self, alice, bob, known):
        text = exchange.document(alice, "anki").replace("Because.", "Changed.")
        exchange.keep(bob, exchange.read(text, "file"), NOW)
        known.refresh_from_db()
        assert known.answer == "Because."
        assert Card.objects.for_user(bob).get().answer == "Changed."


class TestAnki:
    def test_headers_are_ankis(self):
        text = anki.write([CardText("g1", "Why?", 'With "quotes"\nand lines', kind="facts")])
        assert text.split("\n")[:7] == [
            "#separator:tab", "#html:false", "#notetype:Basic",
            "#columns:GUID\tDeck\tTags\tFront\tBack\tNote\tKind", "#guid column:1",
            "#deck column:2", "#tags column:3",
        ]  # fmt: skip
        assert text.split("\n", 7)[7] == (
            'g1\tPrepsite\t\tWhy?\t"With ""quotes""\nand lines"\t\tfacts\n'
        )

    def test_what_anki_writes_is_read(self):
        """The export of Anki itself: HTML, note types, decks and tags in columns."""
        text = (
            "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
            "#tags column:6\n"
            "mYk~4\tBasic\tAWS::Storage\tWhat is <b>S3</b>?\tObjects&nbsp;&amp; keys<br>"
            "<div>eleven nines</div>\tstorage aws_core\n"
            '"#x1"\tBasic\tAWS\tTwo?\t"a ""b"""\t\n'
        )
        first, second = anki.read(text, "notes.txt")
        assert first == CardText(
            "mYk~4", "What is S3?", "Objects & keys\neleven nines", "", "facts", "AWS::Storage",
            ["storage", "aws core"],
        )  # fmt: skip
        assert (second.guid, second.answer) == ("#x1", 'a "b"')

    @pytest.mark.parametrize("name", ["Comma", "Pipe", ";", "\t", "colon"])
    def test_separators(self, name):
        mark = {"Comma": ",", "Pipe": "|", "colon": ":"}.get(name, name)
        [found] = anki.read(f"#separator:{name}\nfront{mark}back\n", "file")
        assert (found.front, found.answer) == ("front", "back")

    def test_comments_and_empty_lines_are_left_out(self):
        found = anki.read("# a remark\n\nfront\tback\n# another\n\n", "file")
        assert [(text.front, text.line) for text in found] == [("front", 3)]

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("a\tb\n\t\tx\n", 2, "A question"),
            ("a\tb\nc\td\na\te\n", 3, "line 1 already"),
            ('#separator:tab\na\tb\n"c\td\n', 3, "quotation mark"),
            ("#guid column:x\na\tb\n", 1, "number of a column"),
            ("#html:false\n#separator:ab\na\tb\n", 2, "separator"),
            ("#guid column:1\ng 1\ta\tb\n", 2, "An id"),
            (f"a\tb\n{'x' * 301}\tb\n", 2, "A question"),
            ("#separator:tab\n", 1, "no card"),
            ("a\tb\n" + "c\x00d\te\n", 2, "control character"),
            ("#columns:Front\tKind\n#separator:tab\na\tessays\n", 3, "not a kind"),
            ("".join(f"{n}\tb\n" for n in range(2001)), 2001, "2,000"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, text, line, words):
        with pytest.raises(DocumentError) as caught:
            anki.read(text, "notes.txt")
        assert str(caught.value).startswith(f"notes.txt:{line}: ")
        assert words in str(caught.value)


class TestMarkdown:
    def test_a_deck_of_the_site_is_read(self):
        text = (
            "---\nid: mine\nkind: comparisons\norder: 3\n---\n# My deck\n\nIntro.\n\n"
            "## SQS or SNS?\n- id: sqs-sns\n- tags: messaging, aws\n"
            "- answer: “One worker, or many.”\n\nAnd why.\n"
        )
        assert card_documents.read(text, "deck.md") == [
            CardText("sqs-sns", "SQS or SNS?", "One worker, or many.", "And why.", "comparisons",
                     "My deck", ["messaging", "aws"])
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("# Nothing\n", 1, "no card"),
            ("## A?\n\nText\n", 1, "is expected"),
            ("## A?\n- id: x\n- colour: red\n", 3, "does not know"),
            ("## A?\n- id: x\n\n## B?\n- id: x\n", 4, "line 1 already"),
            ("## A?\n- id: x\n- answer: y\n\n### Answer\n\nz\n", 3, "twice"),
            ("---\nid: own-cards\nkind: essays\n---\n## A?\n- id: x\n", 5, "not a kind"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, text, line, words):
        with pytest.raises(DocumentError) as caught:
            card_documents.read(text, "own.md")
        assert str(caught.value).startswith(f"own.md:{line}: ")
        assert words in str(caught.value)


def test_hostile_files_have_a_named_error_or_are_read():
    count = 0
    for what, source in hostile():
        count += 1
        for module in (anki, card_documents):
            try:
                module.read(source, "file")
            except DocumentError as error:
                assert str(error).startswith("file:"), what
                assert error.line >= 1, what
    assert count >= 300


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def visitor(self, client_of, alice, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
        return client_of(alice)

    def bring(self, visitor, source, name="notes.txt"):
        data = {"file": SimpleUploadedFile(name, source)} if source else {}
        return visitor.post(reverse("drills:look-over"), data)

    def test_out_as_a_file(self, visitor, alice):
        card(alice, "Why SQS?")
        for form, name in (("markdown", "own-cards.md"), ("anki", "own-cards.txt")):
            response = visitor.get(reverse("drills:export", args=[form]))
            assert name in response["Content-Disposition"]
            assert response.content.decode() == exchange.document(alice, form)
        assert visitor.get(reverse("drills:export", args=["apkg"])).status_code == 404

    def test_shown_before_it_is_kept(self, visitor, alice):
        in_review(alice, "Why SQS?", answer="Old")
        text = exchange.document(alice, "anki").replace("Old", "New") + "g\t\t\tWhy <b>?\tx\t\t\n"
        html = self.bring(visitor, text.encode()).content.decode()
        assert "1 new, 1 to update" in html
        assert "Why &lt;b&gt;?" in html
        assert Card.objects.get().answer == "Old"
        kept = html.split('name="text"')[1].split("</textarea>")[0].split(">\n", 1)[1]
        import html as entities

        data = {"text": entities.unescape(kept).replace("\n", "\r\n"), "name": "notes.txt"}
        answer = visitor.post(reverse("drills:keep-file"), data, follow=True).content.decode()
        assert "1 new, 1 updated" in answer
        assert {made.answer for made in Card.objects.all()} == {"New", "x"}
        assert (
            "There is nothing to change."
            in self.bring(visitor, exchange.document(alice, "anki").encode()).content.decode()
        )

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            (b"", "Choose a file"),
            (b"\xff\xfe", "notes.txt:1: "),
            (b"a\tb\n\t\tx\n", "notes.txt:2: "),
            (b"PK\x03\x04" + bytes(range(256)), "notes.txt:2: "),
            (b"a" * 1_000_001, "larger than 1 MB"),
        ],
    )
    def test_a_mistake_keeps_nothing_and_is_named(self, visitor, source, said):
        response = self.bring(visitor, source)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert not Card.objects.exists()

    def test_hostile_files_are_no_error_of_ours(self, visitor):
        for number, (what, source) in enumerate(hostile()):
            raw = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
            if number % 12 == 0 and len(raw) <= 300_000:
                assert self.bring(visitor, raw or b" ").status_code in (200, 422), what
        assert not Card.objects.exists()

    def test_what_was_tampered_with_on_the_way_is_refused(self, visitor):
        for text in ("", "a\tb\n\t\tx\n", "x" * 400):
            response = visitor.post(reverse("drills:keep-file"), {"text": text})
            assert response.status_code == 422
        assert not Card.objects.exists()

    def test_queries_do_not_grow_with_the_file(self, visitor, alice, django_assert_num_queries):
        for size in (3, 300):
            text = "".join(f"Question {n}\tAnswer\n" for n in range(size)).encode()
            with django_assert_num_queries(3):
                self.bring(visitor, text)


@pytest.mark.django_db
def test_exporting_costs_the_same_with_many(alice, django_assert_num_queries):
    user = User.objects.get(pk=alice.pk)
    for number in range(30):
        own.add_card(user, uuid.uuid4(), NOW, front=f"Question {number}")
    with django_assert_num_queries(1):
        assert exchange.document(user, "anki").count("Question") == 30
    assert Entry.objects.count() == 0
