"""What an invitation is known by, how long it lasts, and whether it can be accepted."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from samskap.trust.models import Invitation

if TYPE_CHECKING:
    from datetime import datetime

INVITATION_LASTS: Final = timedelta(days=7)


class InvitationNotFoundError(Exception):
    """No invitation has that secret, or it was withdrawn."""


class InvitationExpiredError(Exception):
    """The invitation is too old."""


class InvitationUsedError(Exception):
    """The invitation was accepted before."""


def new_secret() -> str:
    """Return the secret part of a link that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


def open_invitation(secret: str, *, at: datetime) -> Invitation:
    """Return the invitation with ``secret`` that can be accepted at ``at``.

    Raises ``InvitationNotFoundError``, ``InvitationUsedError`` or ``InvitationExpiredError``.
    """
    found = Invitation.objects.filter(digest=digest_of(secret)).select_related("person").first()
    if found is None or found.withdrawn_at is not None:
        raise InvitationNotFoundError
    if found.accepted_at is not None:
        raise InvitationUsedError(found.key)
    if found.expires_at <= at:
        raise InvitationExpiredError(found.key)
    return found


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: enough to know it by, too little to make it from."""
    return hashlib.sha256(secret.encode()).hexdigest()
