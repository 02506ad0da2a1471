"""Tables are emptied between tests: all of a test's rows, even when somebody still writes."""

import threading
import time

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from accounts.models import User
from tests.emptying import KEPT, empty
from tests.factories import UserFactory
from tests.prepsite.world import build
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


def ask(question: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def test_every_row_goes_but_what_a_database_is_born_with():
    build(UserFactory(username="alice"))
    tables = ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    triggers = ask("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'")
    permissions = Permission.objects.count()
    empty()
    assert {name for name in tables if ask(f'SELECT 1 FROM "{name}" LIMIT 1')} == set(KEPT)
    assert Permission.objects.count() == permissions
    assert ask("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'") == triggers
    assert ask("SHOW session_replication_role") == ["origin"]


def test_a_deadlock_while_emptying_is_outlived():
    """The other side holds a row's table and then wants one that is being emptied."""
    UserFactory()
    at = connection.get_connection_params()
    at = {name: at[name] for name in ("dbname", "host", "port", "user") if name in at}
    held = threading.Event()

    def writer():
        with psycopg.connect(**at) as other:
            other.execute("SET deadlock_timeout = '1min'")  # so the emptying is the one to lose
            other.execute("LOCK TABLE prepsite_day IN EXCLUSIVE MODE")
            held.set()
            time.sleep(0.3)
            other.execute("LOCK TABLE accounts_user IN EXCLUSIVE MODE")

    thread = threading.Thread(target=writer)
    thread.start()
    held.wait()
    empty()
    thread.join()
    assert not User.objects.exists()


def test_who_still_writes_leaves_nothing_behind():
    """A request that has begun to write for alice commits while the tables are emptied."""
    alice = UserFactory(username="alice")
    at = connection.get_connection_params()
    at = {name: at[name] for name in ("dbname", "host", "port", "user") if name in at}
    with psycopg.connect(**at) as other:
        other.execute(
            "INSERT INTO stories_owncompetency (owner_id, title, is_theme, created_at)"
            " VALUES (%s, 'Thrift', false, now())",
            [alice.pk],
        )
        other.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the beginning of its commit
        thread = threading.Thread(target=empty)
        thread.start()
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        until(lambda: ask(waits) != [0], "the emptying waits")
    thread.join()
    assert ask("SELECT count(*) FROM stories_owncompetency") == [0]
