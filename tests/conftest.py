"""The people of every test, and how they reach the site."""

import time
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from psycopg.errors import DeadlockDetected

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture(autouse=True, scope="session")
def patient_flush():
    """Empty the tables between tests, however long a page takes to say its last words.

    A page that closes sends what was typed, and the server may store it while the tables are
    emptied: Postgres then ends one of the two as a deadlock. The emptying is tried again.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def patiently(self, sql_list):
        for _ in range(9):
            try:
                return flush(self, sql_list)
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
                time.sleep(0.2)
        return flush(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = patiently
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


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
