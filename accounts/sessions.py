"""Sessions in the database, as Django keeps them; looked up with a query that is made once.

Every request asks for its session. Django writes that query anew each time, which takes it longer
than a small page takes in all.
"""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from prepsite.compiled import compiled


@compiled
def _live(key: str, now: datetime) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        """The row of this session, None where it is over or there is none."""
        found = _live(self.session_key, timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]
