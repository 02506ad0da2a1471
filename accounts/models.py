"""Who you are, and how your days run."""

from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models


def known_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone this machine knows."""
    if name not in available_timezones():
        raise ValidationError("Choose a time zone from the list, for example Europe/Berlin.")


class User(AbstractUser):
    """An account, with the three settings every room reads."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "As the device"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    time_zone_confirmed = models.BooleanField(default=False)
    day_starts_at = models.PositiveSmallIntegerField(
        "hour at which a day begins", default=4, validators=[MaxValueValidator(23)]
    )
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
