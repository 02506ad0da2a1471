"""Rows that every room's tests need."""

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from writing.content import Report, load, sources

PASSWORD = "correct horse battery"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with an account; their password is `PASSWORD`."""

    class Meta:
        model = get_user_model()
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"user{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    password = factory.django.Password(PASSWORD)


def shipped(*models) -> list[Report]:
    """Load the content of `models` as it is shipped: all rooms' would take five seconds."""
    return load(timezone.now(), only=[source for source in sources() if source.model in models])
