"""Who you are, and how your days run."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower

from accounts import time_zones


def known_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone this machine knows."""
    if name not in time_zones.known():
        raise ValidationError("Choose a time zone from the list, for example Europe/Berlin.")


class User(AbstractUser):
    """An account, with the three settings every room reads."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "As the device"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    # False until the person said so: a guess of the browser is not yet their word.
    time_zone_confirmed = models.BooleanField(default=False)
    day_starts_at = models.PositiveSmallIntegerField(
        "hour at which a day begins", default=4, validators=[MaxValueValidator(23)]
    )
    # What names the rows that began here, wherever they go; made with the first export.
    origin = models.UUIDField(null=True, editable=False)
    # When the account is erased with everything in it, unless its owner says otherwise before.
    erase_at = models.DateTimeField(null=True, editable=False)
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)

    class Meta(AbstractUser.Meta):
        constraints = [
            # People type their name in any case, so two names may not differ by case alone.
            models.UniqueConstraint(
                Lower("username"),
                name="one_name_in_any_case",
                violation_error_message="This name is taken. Choose another.",
            )
        ]
        indexes = [
            models.Index(
                fields=["erase_at"],
                condition=models.Q(erase_at__isnull=False),
                name="user_to_erase",
            )
        ]

    @property
    def zone(self) -> ZoneInfo:
        """The reader's zone; UTC where this machine does not know the stored name."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def confirm_time_zone(self, name: str) -> None:
        """Keep the zone this person named; ValidationError when there is none of that name."""
        self.time_zone = time_zones.canonical(name)
        self.time_zone_confirmed = True
        self.save(update_fields=["time_zone", "time_zone_confirmed"])


class WelcomeToken(models.Model):
    """Proof, for the first account on a server, that one can read that server's log.

    Only a digest is kept. Once an account exists, none of them opens anything.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"valid until {self.expires_at:%Y-%m-%d %H:%M} UTC"


# Rows of an account as well, each kind with a file of its own.
from accounts.devices import Device  # noqa: E402, F401
from accounts.exports import Export, ExportPart  # noqa: E402, F401
from accounts.imports import Brought, Import  # noqa: E402, F401
