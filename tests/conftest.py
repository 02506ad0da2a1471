"""The people of every test, and how they reach the site."""

import os
from collections.abc import Callable

import pytest
from django.db import ProgrammingError
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings
from psycopg.errors import InsufficientPrivilege

from accounts.models import User
from prepsite.database import embedded
from tests.emptying import empty
from tests.factories import UserFactory

# A busy machine is no fault: what hypothesis makes and runs may take as long as it does.
settings.register_profile(
    "prepsite", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("prepsite")


def pytest_collection_modifyitems(items):
    """With CI=true a test that failed is tried once more, three of a run at most (pyproject.toml).

    Three browsers, sites and databases on two cores are late now and then. What is broken fails
    twice, and the end of the run shows how a test failed that passed then.
    """
    if os.environ.get("CI") == "true":
        for item in items:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """The suite's own server begins with a migrated database, and is thrown away as a whole."""
    return django_db_keepdb or embedded()


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request):
    """Workers share a database server only where DATABASE_URL names one."""
    if not embedded():
        request.getfixturevalue("django_db_modify_db_settings_xdist_suffix")


@pytest.fixture(autouse=True, scope="session")
def quick_emptying():
    """Empty the tables between tests in our own way, where the server's user may."""
    flush = TransactionTestCase._fixture_teardown

    def emptied(case):
        try:
            empty()
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            flush(case)  # in Django's way: on a server at DATABASE_URL we may be nobody special

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def alice(db) -> User:
    return UserFactory(username="alice")


@pytest.fixture
def bob(db) -> User:
    return UserFactory(username="bob")


@pytest.fixture
def charlie(db) -> User:
    """Staff, and no more: not a superuser."""
    return UserFactory(username="charlie", is_staff=True)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """`client_of(user)` is a browser in which that user has signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
