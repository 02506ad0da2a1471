"""Names of time zones."""

from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from accounts import time_zones
from accounts.models import User


@pytest.mark.parametrize(("name", "listed"), [
    ("Europe/Berlin", "Europe/Berlin"), ("UTC", "UTC"), ("Etc/UTC", "UTC"), ("GMT", "UTC"),
    ("Zulu", "UTC"), ("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Kiev", "Europe/Kyiv"),
    ("US/Pacific", "America/Los_Angeles"), ("Asia/Katmandu", "Asia/Kathmandu"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"), ("Etc/GMT+5", "Etc/GMT+5"),
])  # fmt: skip
def test_every_name_leads_to_the_listed_one(name, listed):
    assert time_zones.canonical(name) == listed


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "europe/berlin", "/etc/passwd", "\x00"])
def test_no_other_name_does(name):
    with pytest.raises(ValidationError):
        time_zones.canonical(name)


def test_every_listed_place_is_a_zone():
    names = [name for _, places in time_zones.by_region() for name, _ in places]
    assert len(names) > 400
    for name in names:
        ZoneInfo(name)


def test_a_zone_this_machine_does_not_know_reads_as_utc():
    assert User(time_zone="Gone/Zone").zone == ZoneInfo("UTC")
