"""Two changes of one page at the same time: the index has both."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from search.models import Entry
from stories.models import Metric
from tests.stories.factories import MetricFactory, StoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def test_two_changes_of_one_story_at_once(alice):
    story = StoryFactory(owner=alice)
    first, second = MetricFactory(story=story), MetricFactory(story=story)

    def other() -> None:
        Metric.objects.filter(pk=second.pk).update(name="Throughput")
        connections.close_all()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        Metric.objects.filter(pk=first.pk).update(name="Latency")
        thread.start()
        # Until the other one waits for this one's entry: each has then read before the other.
        for _ in range(200):
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    break
            time.sleep(0.05)
        else:
            pytest.fail("The second change did not wait for the first.")
    thread.join(20)
    text = Entry.objects.get(kind="story", object_id=story.pk).text
    assert "Latency" in text and "Throughput" in text
