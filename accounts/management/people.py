"""Whom a command is about."""

from django.core.management import CommandError

from accounts.models import User


def person(name: str) -> User:
    """The account called `name`, in any case. CommandError when there is none."""
    try:
        return User.objects.get(username__iexact=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no account called {name}.") from None
