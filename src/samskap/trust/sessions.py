"""Where someone is signed in: sessions of one account, told by a digest and never by their key."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from samskap.trust.models import Session, User


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place where an account is signed in; ``facts`` are what the session holds."""

    row: Session
    facts: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """What a page may call it: whoever has the key is signed in."""
        return digest_of(self.row.session_key)


def digest_of(key: str) -> str:
    """Return the first half of SHA-256 of a session's key: 128 bits, in hexadecimal."""
    return sha256(key.encode()).hexdigest()[:32]


def open_sessions(user: User) -> list[OpenSession]:
    """Return where ``user`` is signed in now. One question, and no session of another is read."""
    rows = user.sessions.filter(expire_date__gt=timezone.now()).order_by("expire_date", "pk")
    return [OpenSession(row, row.get_decoded()) for row in rows]
