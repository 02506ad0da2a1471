"""Alice's world, for the tests of who may see what."""

import pytest
from django.db import transaction

from tests.factories import UserFactory
from tests.prepsite.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> World:
    """Built once a file, as it takes hundreds of queries: each test is a savepoint within it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(UserFactory(username="alice"))
        transaction.set_rollback(True)
