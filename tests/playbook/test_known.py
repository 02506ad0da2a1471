"""“I know this”: marked, counted, taken back, and never anybody else's."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from playbook.models import Playbook, Reading, Section, StudyNote
from tests.playbook.factories import note, playbook

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def test_a_note_is_known_once_and_forgotten(client, alice):
    row = note()
    for _ in range(2):
        response = client.post(row.know_url)
        assert response["Location"] == f"{row.get_absolute_url()}#known"
    assert Reading.objects.for_user(alice).get().note == row
    assert 'aria-pressed="true"' in client.get(row.get_absolute_url()).content.decode()
    for _ in range(2):
        client.post(row.forget_url)
    assert not Reading.objects.exists()
    assert 'aria-pressed="true"' not in client.get(row.get_absolute_url()).content.decode()


def test_the_time_is_that_of_the_first_click(client, alice):
    row = note()
    before = timezone.now()
    client.post(row.know_url)
    first = Reading.objects.for_user(alice).get().read_at
    client.post(row.know_url)
    assert before <= first == Reading.objects.for_user(alice).get().read_at


def test_a_section_answers_with_its_box_and_the_count(client):
    row = playbook()
    section = row.sections.get(title="Phrases")
    page = client.post(section.know_url, **HTMX).content.decode()
    assert 'aria-pressed="true"' in page and "1 of 5" in page and "<html" not in page
    whole = client.get(row.get_absolute_url()).content.decode()
    assert whole.count('aria-pressed="true"') == 1 and "1 of 5" in whole
    page = client.post(section.forget_url, **HTMX).content.decode()
    assert 'aria-pressed="false"' in page and "0 of 5" in page


def test_the_shelf_counts_and_names_what_is_next(client, django_assert_num_queries):
    row = playbook()
    first, second = note("a"), note("b")
    with django_assert_num_queries(6):
        page = client.get(reverse("playbook:list")).content.decode()
    assert "0 of 5 known" in page and "0 of 2 known" in page and "Next:" not in page
    client.post(first.know_url)
    for section in row.sections.all():
        client.post(section.know_url)
    with django_assert_num_queries(6):
        page = client.get(reverse("playbook:list")).content.decode()
    assert "5 of 5 known" in page and "1 of 2 known" in page
    assert f'Next: <a href="{second.get_absolute_url()}">' in page


def test_what_others_know_is_theirs(client, bob, client_of):
    row = note()
    client_of(bob).post(row.know_url)
    assert 'aria-pressed="true"' not in client.get(row.get_absolute_url()).content.decode()
    client.post(row.forget_url)
    assert Reading.objects.for_user(bob).count() == 1


def test_what_is_not_there_or_not_published(client):
    row, book = note(), playbook()
    assert client.post(reverse("playbook:know-note", args=["none"])).status_code == 404
    assert client.post(reverse("playbook:know-section", args=[book.key, "no"])).status_code == 404
    assert client.get(row.know_url).status_code == 405
    StudyNote.objects.update(published=False)
    assert client.post(row.know_url).status_code == 404
    assert not Reading.objects.exists()


def test_what_left_the_shelf_does_not_stand(client, alice):
    row, book = note(), playbook()
    client.post(row.know_url)
    client.post(Section.objects.filter(playbook=book)[0].know_url)
    assert Reading.objects.for_user(alice).standing().count() == 2
    StudyNote.objects.update(retired_at=timezone.now())
    Playbook.objects.update(published=False)
    assert Reading.objects.for_user(alice).standing().count() == 0


def test_a_reading_is_never_of_two_things(alice):
    section = Section.objects.filter(playbook=playbook())[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(owner=alice, note=note(), section=section)


def test_a_reading_from_elsewhere_that_has_nothing_here_does_no_harm(client, alice):
    note()
    Reading.objects.create(owner=alice)
    assert "0 of 1 known" in client.get(reverse("playbook:list")).content.decode()
    assert not Reading.objects.for_user(alice).standing().exists()
