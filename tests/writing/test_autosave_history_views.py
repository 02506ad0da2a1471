"""The history page: a list, a comparison, a way back, a name."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.writing.sample.models import Note
from writing.models import Revision

pytestmark = pytest.mark.urls("tests.writing.sample.urls")


@pytest.fixture
def note(alice):
    """Three versions: red, green, blue."""
    note = Note.objects.create(owner=alice, title="Colours", text="the red one")
    for colour in ("green", "blue"):
        note.text = f"the {colour} one"
        note.save()
    return note


@pytest.fixture
def alices(client_of, alice):
    return client_of(alice)


def revision(note, version):
    return Revision.objects.of(note).get(version=version)


def address(note, view, *args):
    return reverse(f"writing:{view}", args=["sample.note", note.pk, *args])


def test_list_shows_entries_newest_first(note, alices):
    page = alices.get(note.history_url)
    assert [r.version for r in page.context["page"]] == [3, 2, 1]
    assert "The text as it is" in page.content.decode()


def test_the_last_change_is_chosen_to_begin_with(note, alices):
    html = alices.get(note.history_url).content.decode()
    chosen = [line.strip() for line in html.split("<input ") if 'form="compare" checked' in line]
    assert [line.split(" form=")[0] for line in chosen] == [
        f'type="radio" name="b" value="{revision(note, 3).pk}"',
        f'type="radio" name="a" value="{revision(note, 2).pk}"',
    ]


def test_a_line_names_its_fields_in_the_order_of_the_page(alice, alices):
    note = Note.objects.create(owner=alice)
    for texts in ({"text": "one", "title": "Two"}, {"title": "2", "text": "1"}):
        for name, text in texts.items():
            setattr(note, name, text)
        note.save()
    for _, labels in alices.get(note.history_url).context["lines"]:
        assert labels in ([], ["title", "text"])


def test_empty_history_says_what_will_appear(alice, alices):
    empty = Note.objects.create(owner=alice)
    assert "appears in this list" in alices.get(empty.history_url).content.decode()


def test_a_page_of_history_costs_the_same_however_long(note, alices, django_assert_num_queries):
    for number in range(30):
        note.text = f"text {number}"
        note.save()
    with django_assert_num_queries(5):
        alices.get(note.history_url)


def test_every_single_save_can_be_listed(note, alices):
    tab = uuid4()
    Revision.objects.bulk_create(
        [
            Revision(
                owner=note.owner,
                model="sample.note",
                object_id=note.pk,
                version=n,
                base_version=n - 1,
                kind="saved",
                fields={"text": str(n)},
                whole=False,
                tab=tab,
                saved_at=note.updated_at,
            )
            for n in range(10, 14)
        ]
    )
    assert len(alices.get(note.history_url).context["page"]) == 4
    assert len(alices.get(note.history_url + "?every=1").context["page"]) == 7


def test_compare_two_in_either_order(note, alices):
    first, second = revision(note, 1).pk, revision(note, 2).pk
    for query in (f"?a={first}&b={second}", f"?a={second}&b={first}"):
        (part,) = alices.get(address(note, "compare") + query).context["parts"]
        assert (part["before"], part["after"]) == ("the red one", "the green one")
        assert part["summary"] == "1 word added, 1 removed"


def test_compare_one_with_the_text_as_it_is(note, alices):
    page = alices.get(address(note, "compare") + f"?a={revision(note, 1).pk}")
    assert page.context["parts"][0]["after"] == "the blue one"
    assert ">red<" in page.content.decode()


def test_compare_nothing_leads_back_to_the_list(note, alices):
    assert alices.get(address(note, "compare"))["Location"] == note.history_url


@pytest.mark.parametrize("query", ["?a=x", "?a=0", "?a=99999999999999999999999"])
def test_compare_of_no_revision_is_404(note, alices, query):
    assert alices.get(address(note, "compare") + query).status_code == 404


def test_revision_of_another_row_is_404(note, alice, alices):
    other = Note.objects.create(owner=alice, text="other")
    foreign = revision(other, 1).pk
    assert alices.get(address(note, "compare") + f"?a={foreign}").status_code == 404
    for view in ("restore", "name"):
        answer = alices.post(address(note, view, foreign), {"version": 3, "key": uuid4()})
        assert answer.status_code == 404


def test_restore_makes_a_new_revision_and_twice_makes_one(note, alices):
    sent = {"version": 3, "key": str(uuid4())}
    for _ in range(2):
        answer = alices.post(address(note, "restore", revision(note, 1).pk), sent)
        assert answer["Location"] == note.get_absolute_url()
    note.refresh_from_db()
    assert (note.text, note.version) == ("the red one", 4)
    assert revision(note, 4).kind == "restored"


def test_restore_from_an_old_page_changes_nothing(note, alices):
    answer = alices.post(
        address(note, "restore", revision(note, 1).pk),
        {"version": 2, "key": str(uuid4())},
        follow=True,
    )
    note.refresh_from_db()
    assert note.text == "the blue one"
    assert "Not restored" in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"version": "x", "key": "x"}, {"version": 2**40, "key": "0" * 32}, {"version": 1}]
)
def test_restore_without_its_facts_is_404(note, alices, sent):
    assert alices.post(address(note, "restore", revision(note, 1).pk), sent).status_code == 404


def test_name_a_revision(note, alices):
    target = address(note, "name", revision(note, 1).pk)
    alices.post(target, {"name": " told at\nAcme "})
    assert revision(note, 1).name == "told at Acme"
    alices.post(target, {"name": "x" * 121})
    assert revision(note, 1).name == "told at Acme"


def test_restore_and_name_of_another_persons_is_404(note, client_of, bob):
    for view in ("restore", "name"):
        answer = client_of(bob).post(
            address(note, view, revision(note, 1).pk), {"version": 3, "key": uuid4(), "name": "x"}
        )
        assert answer.status_code == 404
    assert revision(note, 1).name == ""
