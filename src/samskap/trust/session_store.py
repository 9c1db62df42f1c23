"""The session engine (``SESSION_ENGINE``): Django's own in the database, which says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from samskap.trust.models import Session

if TYPE_CHECKING:
    from django.contrib.sessions.base_session import AbstractBaseSession


# Django takes the class's name into what it signs a session with: it stays.
class SessionStore(db.SessionStore):
    """One session; the row names the account that is signed in, each time it is saved."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """Return the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row to be saved, with its account."""
        row = super().create_model_instance(data)
        account = str(data.get(SESSION_KEY, ""))
        row.account_id = int(account) if account.isdecimal() else None  # type: ignore[attr-defined]
        return row
