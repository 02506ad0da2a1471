"""Interviews in a calendar file, read back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from plans import interview_changes as changes
from plans.models import Interview
from tests.plans.factories import NOW, interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client_of, alice):
    return client_of(alice)


def read(client, name: str, *args) -> tuple[bytes, list]:
    response = client.get(reverse(f"interviews:{name}", args=args))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'attachment; filename="' in response["Content-Disposition"]
    calendar = Calendar.from_ical(response.content)
    assert calendar["version"] == "2.0"
    return response.content, list(calendar.walk("VEVENT"))


def test_one_read_back(visitor, alice):
    row = interview(
        alice, "Müller; Söhne, AG", kind="system-design", round="second round", minutes=45,
        place="https://meet.example/a,b;c", interviewers="Dana, staff", notes="secret plan",
        stack="secret stack",
    )  # fmt: skip
    raw, (event,) = read(visitor, "to-calendar", row.pk)
    assert event["summary"] == "Interview: Müller; Söhne, AG, system design"
    assert event.decoded("dtstart") == row.at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    assert event["location"] == event["url"] == "https://meet.example/a,b;c"
    assert "With Dana, staff" in event["description"]
    assert row.get_absolute_url() in event["description"]
    assert b"secret" not in raw


def test_lines_are_folded_escaped_and_end_in_crlf(visitor, alice):
    row = interview(alice, "Ünternehmen " * 9, place="Room 3\\4, ground floor; left")
    raw, (event,) = read(visitor, "to-calendar", row.pk)
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert b"Room 3\\\\4\\, ground floor\\; left" in raw.replace(b"\r\n ", b"")
    assert event["location"] == "Room 3\\4, ground floor; left"


def test_a_name_cannot_add_lines(visitor, alice):
    row = interview(alice, "Acme\r\nATTENDEE:mailto:x@example.com")
    raw, (event,) = read(visitor, "to-calendar", row.pk)
    assert b"\r\nATTENDEE" not in raw
    assert "attendee" not in event


def test_a_change_keeps_the_name_and_counts_up(visitor, alice):
    row = interview(alice)
    _, (before,) = read(visitor, "to-calendar", row.pk)
    row.at += timedelta(hours=1)
    changes.change(row, NOW)
    _, (after,) = read(visitor, "to-calendar", row.pk)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") - before.decoded("dtstart") == timedelta(hours=1)
    Interview.objects.update(outcome="withdrawn")
    _, (gone,) = read(visitor, "to-calendar", row.pk)
    assert gone["status"] == "CANCELLED"


def test_all_of_ones_own_in_one_query(visitor, alice, bob, django_assert_num_queries):
    for number in range(4):
        interview(alice, f"Company {number}")
    Interview.objects.filter(company="Company 3").update(removed_at=NOW)
    interview(bob, "Theirs")
    with django_assert_num_queries(3):  # session, user, interviews
        _, events = read(visitor, "all-to-calendar")
    assert [str(event["summary"]) for event in events] == [
        f"Interview: Company {number}, system design" for number in range(3)
    ]


def test_none_is_an_empty_calendar(visitor):
    assert read(visitor, "all-to-calendar")[1] == []
