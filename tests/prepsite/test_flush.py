"""Tables are emptied between tests even when somebody still writes."""

import threading
import time

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from tests.factories import UserFactory


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_while_emptying_is_outlived():
    """The other side holds a row's table and then wants one that is being emptied."""
    UserFactory()
    at = connection.get_connection_params()
    at = {name: at[name] for name in ("dbname", "host", "port", "user") if name in at}
    held = threading.Event()

    def writer():
        with psycopg.connect(**at) as other:
            other.execute("SET deadlock_timeout = '1min'")  # so the emptying is the one to lose
            other.execute("LOCK TABLE plans_plan IN ROW EXCLUSIVE MODE")
            held.set()
            time.sleep(0.3)
            other.execute("LOCK TABLE accounts_user IN ROW EXCLUSIVE MODE")

    thread = threading.Thread(target=writer)
    thread.start()
    held.wait()
    call_command("flush", interactive=False, verbosity=0)
    thread.join()
    assert not User.objects.exists()
