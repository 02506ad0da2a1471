"""What a request tells of its work is seen at once, and never stands in the way of the work."""

import pytest
from django.db import Error, connections, transaction
from django.utils import timezone

from accounts.imports import Import
from accounts.portable.telling import telling

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row(alice) -> Import:
    return Import.begin(alice, "a.zip", b"", timezone.now())


def progress(row) -> int:
    return Import.objects.get(pk=row.pk).progress


def test_it_stands_though_the_work_is_taken_back(row):
    with telling(row, "progress") as tell, transaction.atomic():
        Import.objects.create(owner=type(row.owner).objects.create(username="x"), **times())
        tell(0.42)
        transaction.set_rollback(True)
    assert progress(row) == 42
    assert Import.objects.count() == 1


def times() -> dict:
    now = timezone.now()
    return {"name": "b.zip", "data": b"", "sent_at": now, "expires_at": now}


def test_it_does_not_wait_for_the_work_itself(row):
    """It would wait for ever: both are one thread."""
    with telling(row, "progress") as tell, transaction.atomic():
        Import.objects.select_for_update().get(pk=row.pk)
        tell(0.42)
    assert progress(row) == 0


def test_it_is_told_now_and_then(row):
    with telling(row, "progress") as tell:
        for share in (0.1, 0.2, 0.3):
            tell(share)
    assert progress(row) == 10


def test_where_it_cannot_be_told_the_work_goes_on(row, monkeypatch):
    class Broken:
        def cursor(self):
            raise Error

        def close(self):
            pass

    monkeypatch.setattr(connections, "create_connection", lambda alias: Broken())
    with telling(row, "progress") as tell:
        tell(0.5)
    assert progress(row) == 0
