"""Sessions in the database, found with a query that is worked out once; every page of a person begins with it."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from toetssteen.foundation.prepared import prepared


@prepared
def _open_session(session_key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=Now())


class SessionStore(InDatabase):
    """The session of a visitor as long as it has not expired."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _open_session(self.session_key) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]
