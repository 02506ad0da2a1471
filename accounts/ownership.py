"""Whose row is it? The one door to private rows.

Every private row carries its owner, children too, equal to their parent's: no join to find out
whose a row is, and export or deletion is one loop over the models. A view reaches an owned row
only through `for_user`; what is not yours is 404, never 403.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import Http404


class OwnedQuerySet(models.QuerySet):
    def for_user(self, user) -> Self:
        """The rows of `user`, and nobody else's."""
        return self.filter(owner=user)

    def get_or_404(self, **lookup: Any):
        """The one row that matches; Http404 when there is none in this queryset."""
        try:
            return self.get(**lookup)
        except (ObjectDoesNotExist, ValueError, OverflowError, ValidationError) as error:
            raise Http404 from error


class Owned(models.Model):
    """A row that belongs to one person.

    `travels` is False for rows about this site rather than about the person's work, such as their
    devices: an export leaves them here.
    """

    travels: ClassVar[bool] = True

    # No index of its own: each model's composite index begins with the owner.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        db_index=False,
        editable=False,
        related_name="+",
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


def owned_models() -> list[type[Owned]]:
    """Every concrete model that holds private rows."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Owned)]
