"""Beginning a story, its page, and what is set and done there."""

import re
import uuid
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from stories.library import Prompt
from stories.models import Angle, Metric, OwnCompetency, Shows, Story
from tests.stories.factories import (
    AngleFactory,
    CompetencyFactory,
    MetricFactory,
    StoryFactory,
    theme,
    written,
)
from writing.models import Revision

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
GONE = datetime(2026, 1, 1, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def guided():
    row = theme()
    for position, (part, text, hint) in enumerate(
        [
            ("situation", "Why was it failing?", "Name the symptom in a number."),
            ("action", "What did you change?", ""),
            ("metrics", "Which numbers carry it?", ""),
        ]
    ):
        Prompt.objects.create(competency=row, position=position, part=part, text=text, hint=hint)
    return row


def url(name, *args):
    return reverse(f"stories:{name}", args=args)


class TestBeginning:
    def test_an_empty_page(self, client, alice):
        answer = client.post(url("begin"), {"key": KEY})
        row = Story.objects.get()
        assert answer.url == row.get_absolute_url()
        assert (row.owner, row.title, row.theme, row.status) == (alice, "", None, "idea")

    def test_a_guide_brings_its_theme_and_its_questions(self, client):
        guide = guided()
        assert "Modernization" in client.get(url("new")).content.decode()
        client.post(url("begin"), {"key": KEY, "outline": guide.key})
        row = Story.objects.get()
        assert (row.theme, row.outline) == (guide, guide)
        page = client.get(row.get_absolute_url()).content.decode()
        for words in ("Why was it failing?", "Name the symptom", "Which numbers carry it?"):
            assert words in page

    def test_a_double_click_makes_one_and_another_choice_another(self, client):
        guide = guided()
        first = client.post(url("begin"), {"key": KEY})
        assert client.post(url("begin"), {"key": KEY}).url == first.url
        assert client.post(url("begin"), {"key": KEY, "outline": guide.key}).url != first.url
        assert Story.objects.count() == 2

    @pytest.mark.parametrize("sent", [{}, {"key": "x"}, {"key": KEY, "outline": "no\0such"}])
    def test_nonsense_makes_an_empty_page(self, client, sent):
        assert client.post(url("begin"), sent).status_code == 302
        assert Story.objects.get().theme is None

    def test_two_people_with_the_same_key(self, client, client_of, bob):
        client.post(url("begin"), {"key": KEY})
        client_of(bob).post(url("begin"), {"key": KEY})
        assert Story.objects.count() == 2


def test_anonymous_are_sent_to_sign_in(client, client_of, alice):
    from django.test import Client

    row = StoryFactory(owner=alice)
    for address in (url("list"), url("new"), row.get_absolute_url(), url("bring"), url("own")):
        assert "/account/login/" in Client().get(address).url


def test_what_is_not_yours_is_not_there(client_of, alice, bob):
    row = written(alice)
    metric = MetricFactory(story=row)
    other = client_of(bob)
    assert other.get(row.get_absolute_url()).status_code == 404
    for address in (
        url("about", row.pk), url("show", row.pk), url("remove", row.pk), url("export", row.pk),
        url("add-metric", row.pk), url("remove-metric", metric.pk), url("move-metric", metric.pk),
    ):  # fmt: skip
        assert other.post(address, {"set": "primary x"}).status_code in (404, 405), address
    assert Story.objects.get().removed_at is None
    assert Metric.objects.count() == 1


def test_the_page_costs_what_it_costs(client, alice, django_assert_num_queries):
    row = written(alice, theme=guided())
    row.outline = row.theme
    row.save()
    for _ in range(3):
        MetricFactory(story=row)
        AngleFactory(story=row)
    client.get(row.get_absolute_url())
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(row.get_absolute_url())


# session, person; story, prompts, shown, competencies, own ones, metrics, angles; for the coach
# the speed of speaking and what was dismissed
PAGE_QUERIES = 11


class TestAbout:
    def post(self, client, row, htmx=False, **changed):
        page = client.get(row.get_absolute_url()).content.decode()
        names = ("theme", "status", "target", "outline")
        sent = {}
        for name in names:
            value = re.search(rf'name="initial-{name}"[^>]*?value="([^"]*)"', page)
            sent[f"initial-{name}"] = sent[name] = value[1] if value else ""
        headers = HTMX | {"HX-Target": "about"} if htmx else {}
        return client.post(url("about", row.pk), sent | changed, headers=headers)

    def test_sets_what_was_changed(self, client, alice):
        row, guide = written(alice, status="idea"), guided()
        self.post(client, row, theme=guide.key, status="solid", target="300", outline=guide.key)
        row.refresh_from_db()
        assert (row.theme, row.status, row.target, row.outline) == (guide, "solid", 300, guide)
        assert row.version == 1

    def test_an_own_theme_takes_the_place_of_a_shared_one_and_back(self, client, alice):
        row, shared = written(alice, theme=theme()), theme()
        own = OwnCompetency.objects.create(owner=alice, title="Markets", is_theme=True)
        self.post(client, row, theme=own.value)
        row.refresh_from_db()
        assert (row.theme, row.own_theme) == (None, own)
        self.post(client, row, theme=shared.key)
        row.refresh_from_db()
        assert (row.theme, row.own_theme) == (shared, None)
        self.post(client, row, theme="")
        row.refresh_from_db()
        assert (row.theme, row.own_theme) == (None, None)

    def test_two_tabs_that_change_two_things_change_two_things(self, client, alice):
        row = written(alice, status="idea")
        theme()
        stale = {"initial-theme": "", "initial-status": "idea", "initial-target": "120",
                 "initial-outline": "", "target": "120", "outline": ""}  # fmt: skip
        client.post(url("about", row.pk), stale | {"theme": "", "status": "solid"})
        client.post(url("about", row.pk), stale | {"theme": "modernization", "status": "idea"})
        row.refresh_from_db()
        assert (row.status, row.theme.key) == ("solid", "modernization")

    def test_htmx_gets_the_form_the_guides_and_what_it_shows(self, client, alice):
        guide = guided()
        row = written(alice)
        page = self.post(client, row, htmx=True, theme=guide.key, outline=guide.key)
        body = page.content.decode()
        assert "<html" not in body
        assert 'id="guide-situation" hx-swap-oob="innerHTML"' in body
        assert "Why was it failing?" in body
        assert '<section id="shows"' in body

    @pytest.mark.parametrize(
        "changed", [{"theme": "no-such"}, {"status": "perfect"}, {"target": "7"}, {"target": "x"}]
    )
    def test_what_is_not_offered_is_refused_and_shown_again(self, client, alice, changed):
        row = written(alice)
        answer = self.post(client, row, **changed)
        assert answer.status_code == 422
        assert "errorlist" in answer.content.decode()
        before = (row.status, row.target, row.theme)
        row.refresh_from_db()
        assert (row.status, row.target, row.theme) == before

    def test_another_persons_theme_cannot_be_taken(self, client, alice, bob):
        own = OwnCompetency.objects.create(owner=bob, title="Of bob", is_theme=True)
        row = written(alice)
        assert self.post(client, row, theme=own.value).status_code == 422

    def test_a_theme_that_retired_stays_with_its_story(self, client, alice):
        shared = theme()
        row = written(alice, theme=shared)
        shared.published = False
        shared.save()
        assert self.post(client, row, status="draft").status_code == 302
        row.refresh_from_db()
        assert row.theme == shared


@pytest.mark.parametrize("kind,model", [("metric", Metric), ("angle", Angle)])
class TestRows:
    def test_added_once_however_often_asked(self, client, alice, kind, model):
        row = written(alice)
        for _ in range(2):
            answer = client.post(url(f"add-{kind}", row.pk), {"key": KEY})
            assert answer.url == f"{row.get_absolute_url()}#{kind}s"
        client.post(url(f"add-{kind}", row.pk), {"key": str(uuid.uuid4())})
        found = model.objects.filter(story=row)
        assert list(found.values_list("position", flat=True)) == [1, 2]
        assert all(each.owner == alice for each in found)

    def test_htmx_gets_the_list_and_the_new_row_is_focused(self, client, alice, kind, model):
        row = written(alice)
        answer = client.post(url(f"add-{kind}", row.pk), {"key": KEY}, headers=HTMX)
        body = answer.content.decode()
        assert "<html" not in body
        assert "autofocus" in body
        assert model.objects.get().save_url in body

    def test_moved_up_and_down_and_no_further(self, client, alice, kind, model):
        row = written(alice)
        made = [model.objects.create(owner=alice, story=row, position=n) for n in (1, 2, 3)]
        gone = model.objects.create(owner=alice, story=row, position=2, removed_at=GONE)

        def order():
            return list(model.objects.filter(removed_at=None).values_list("pk", flat=True))

        a, b, c = (each.pk for each in made)
        for pk, direction, wanted in [
            (a, "down", [b, a, c]), (a, "up", [a, b, c]), (a, "up", [a, b, c]),
            (c, "down", [a, b, c]), (c, "up", [a, c, b]), (c, "sideways", [c, a, b]),
            (gone.pk, "up", [c, a, b]),
        ]:  # fmt: skip
            client.post(url(f"move-{kind}", pk), {"direction": direction})
            if direction != "sideways":
                assert order() == wanted
        label = model._meta.label_lower
        assert not Revision.objects.filter(object_id__in=[a, b, c], model=label)

    def test_removed_with_a_way_back(self, client, alice, kind, model):
        story = written(alice)
        row = model.objects.create(owner=alice, story=story, **{model.writing[0]: "Mine"})
        answer = client.post(url(f"remove-{kind}", row.pk), headers=HTMX)
        body = answer.content.decode()
        assert f'hx-post="{url(f"restore-{kind}", row.pk)}"' in body
        assert "Mine removed." in body
        row.refresh_from_db()
        assert row.removed_at
        assert row.save_url not in client.get(story.get_absolute_url()).content.decode()
        client.post(url(f"restore-{kind}", row.pk))
        assert row.save_url in client.get(story.get_absolute_url()).content.decode()

    def test_without_htmx_the_toast_offers_the_way_back(self, client, alice, kind, model):
        row = model.objects.create(owner=alice, story=written(alice))
        answer = client.post(url(f"remove-{kind}", row.pk), follow=True)
        assert f'action="{url(f"restore-{kind}", row.pk)}"' in answer.content.decode()

    def test_text_saves_itself_at_the_row(self, client, alice, kind, model):
        row = model.objects.create(owner=alice, story=written(alice))
        sent = urlencode({"version": "1", model.writing[0]: "Told"})
        client.post(row.save_url, sent, content_type=FORM)
        row.refresh_from_db()
        assert str(row) == "Told"

    def test_a_removed_row_cannot_be_written(self, client, alice, kind, model):
        story = written(alice)
        row = model.objects.create(owner=alice, story=story, removed_at=GONE)
        sent = urlencode({"version": "1", model.writing[0]: "Told"})
        assert client.post(row.save_url, sent, content_type=FORM).status_code == 404
        client.post(url(f"restore-{kind}", row.pk))
        client.post(url("remove", story.pk))
        assert client.post(row.save_url, sent, content_type=FORM).status_code == 404


class TestShows:
    def test_set_changed_and_taken_back(self, client, alice):
        row = written(alice)
        CompetencyFactory(key="ownership")
        for level, wanted in [("primary", [True]), ("primary", [True]), ("secondary", [False]),
                              ("none", []), ("none", [])]:  # fmt: skip
            client.post(url("show", row.pk), {"set": f"{level} ownership"})
            assert list(Shows.objects.values_list("primary", flat=True)) == wanted

    def test_own_ones_stand_beside(self, client, alice):
        row = written(alice)
        own = OwnCompetency.objects.create(owner=alice, title="Time zones")
        headers = HTMX | {"HX-Target": "shows"}
        answer = client.post(url("show", row.pk), {"set": f"primary {own.value}"}, headers=headers)
        body = answer.content.decode()
        assert body.lstrip().startswith("<section")
        assert Shows.objects.get().own == own
        client.post(url("remove-own", own.pk))
        client.get(url("own"))  # its message is read there
        page = client.get(row.get_absolute_url()).content.decode()
        assert "Time zones" not in page

    @pytest.mark.parametrize(
        "sent", ["", "primary", "primary no-such", "most ownership", "primary own-1", "x" * 9000]
    )
    def test_nonsense_is_not_there(self, client, alice, bob, sent):
        CompetencyFactory(key="ownership")
        OwnCompetency.objects.create(pk=1, owner=bob, title="Of bob")
        row = written(alice)
        assert client.post(url("show", row.pk), {"set": sent}).status_code == 404
        assert not Shows.objects.exists()


class TestOwn:
    def test_added_renamed_removed_and_brought_back(self, client, alice):
        client.post(url("add-own"), {"title": " Time  zones ", "is_theme": "on"})
        row = OwnCompetency.objects.get()
        assert (row.title, row.is_theme, row.owner) == ("Time  zones", True, alice)
        client.post(url("rename-own", row.pk), {"title": "Zones"})
        row.refresh_from_db()
        assert (row.title, row.is_theme) == ("Zones", False)
        answer = client.post(url("remove-own", row.pk), follow=True)
        assert f'action="{url("restore-own", row.pk)}"' in answer.content.decode()
        client.post(url("restore-own", row.pk))
        assert OwnCompetency.objects.get(removed_at=None) == row

    @pytest.mark.parametrize("title", ["", "  ", "x" * 121, "taken", "TAKEN"])
    def test_refused_with_the_text_kept(self, client, alice, title):
        OwnCompetency.objects.create(owner=alice, title="Taken")
        other = OwnCompetency.objects.create(owner=alice, title="Other")
        for address in (url("add-own"), url("rename-own", other.pk)):
            answer = client.post(address, {"title": title})
            assert answer.status_code == 422
            assert f'value="{title}"' in answer.content.decode() or not title.strip()
        assert OwnCompetency.objects.count() == 2

    def test_a_name_given_away_meanwhile(self, client, alice):
        row = OwnCompetency.objects.create(owner=alice, title="One")
        client.post(url("remove-own", row.pk))
        client.post(url("add-own"), {"title": "one"})
        assert client.post(url("restore-own", row.pk)).status_code == 422
        assert OwnCompetency.objects.filter(removed_at=None).count() == 1


class TestRemoving:
    def test_removed_with_a_way_back(self, client, alice):
        row = written(alice)
        answer = client.post(url("remove", row.pk), follow=True)
        body = answer.content.decode()
        assert f'action="{url("restore", row.pk)}"' in body
        assert client.get(row.get_absolute_url()).status_code == 404
        assert client.get(row.history_url).status_code == 404
        client.post(url("restore", row.pk))
        assert client.get(row.get_absolute_url()).status_code == 200


class TestPreview:
    def test_shows_markdown_as_the_reader_would_see_it(self, client):
        answer = client.post(url("preview"), {"text": "I *measured*:\n\n- one"})
        assert "<em>measured</em>" in answer.content.decode()
        assert "<li>one</li>" in answer.content.decode()

    @pytest.mark.parametrize("text", ["", "<script>alert(1)</script>", "\ud800".encode("utf-8", "surrogatepass"), "a\0b"])  # fmt: skip # noqa: E501
    def test_whatever_comes(self, client, text):
        answer = client.post(url("preview"), {"text": text})
        assert answer.status_code == 200
        assert "<script" not in answer.content.decode()

    def test_too_long(self, client):
        assert client.post(url("preview"), {"text": "x" * 100_001}).status_code == 422


def test_typing_counts_words_and_stores_the_html(client, alice):
    row = StoryFactory(owner=alice)
    sent = urlencode({"version": "1", "action": "I *did* it."})
    client.post(row.save_url, sent, content_type=FORM)
    row.refresh_from_db()
    assert (row.words, row.action_html) == (3, "<p>I <em>did</em> it.</p>\n")


def test_a_story_offers_its_text_without_a_script(client, alice):
    """Every control of the page is a form or a link: no handler, no script needed."""
    row = written(alice, situation="\n  Begins with a gap")
    page = client.get(row.get_absolute_url()).content.decode()
    assert "\n\n  Begins with a gap</textarea>" in page
    assert not re.search(r"\son\w+=|style=", page)
