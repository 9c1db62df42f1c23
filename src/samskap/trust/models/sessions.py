"""A session, and whose it is: found by its account, without reading what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from samskap.trust.models.people import User

if TYPE_CHECKING:
    from django.contrib.sessions.backends.db import SessionStore


class Session(AbstractBaseSession):
    """Django's own table, and the account that is signed in; nobody's, when nobody is."""

    account = models.ForeignKey(
        User,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        # What a session says may be older than the account it names.
        db_constraint=False,
        related_name="sessions",
    )

    class Meta:
        db_table = "django_session"
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        # Never the key: whoever has it is signed in.
        return f"{self.account_id or 'nobody'}, {self.expire_date:%Y-%m-%d %H:%M}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Return what reads and writes it."""
        from samskap.trust.session_store import SessionStore  # noqa: PLC0415 - it needs this model

        return SessionStore
