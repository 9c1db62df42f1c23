"""“Stemmer dette?”: what a letter to an actor asks, and what it may correct."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.actors.compute.freshness import FRESH_MONTHS
from samskap.kernel.dates import day_in_words
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samskap.actors.models import Actor, Contact

# What the answer may correct by typing; the rest is corrected in a comment.
CORRECTED: Final = (
    "name",
    "description",
    "web",
    "email",
    "phone",
    "street",
    "postcode",
    "post_town",
    "employees",
)
_IN_LANGUAGES: Final = frozenset({"name", "description"})
# What is not the actor's to say: how we count it.
_OURS: Final = frozenset({"factors", "side", "focus_areas", "kind"})
ASKED: Final = tuple(fact for fact in FRESH_MONTHS if fact not in _OURS)
_SECRET_BYTES: Final = 32


def new_secret() -> str:
    """Return the secret part of a link that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: enough to know it by, too little to make it from."""
    return hashlib.sha256(secret.encode()).hexdigest()


def language_of(actor: Actor, contact: Contact | None) -> str:
    """Return the language the letter is in: the contact's own, else that of the country."""
    if contact is not None:
        return contact.language
    return "sv" if actor.country == Country.SWEDEN else DEFAULT_LANGUAGE


def told_values(actor: Actor, language: str) -> dict[str, str]:
    """Return what stands here of each field that may be corrected, as one would type it."""
    return {field: _typed(actor, field, language) for field in CORRECTED}


def suggested(field: str, typed: str, language: str) -> Any:
    """Return what was typed as a suggestion keeps it."""
    if field in _IN_LANGUAGES:
        return {language: typed} if typed else {}
    if field == "employees":
        return int(typed) if typed else None
    return typed


def subject(actor: Actor) -> str:
    """Return the letter's subject, in the language that is active."""
    return _("Is this right about %(name)s?") % {"name": actor.name}


def text(actor: Actor, *, partnership: str, link: str, expires_at: datetime) -> str:
    """Return the letter, in the language that is active: why we write, the link, and its end."""
    return "\n\n".join(
        [
            _("Hello,"),
            _(
                "%(partnership)s keeps an overview of the organisations in the region. Once a year"
                " we ask each of them whether what we say is right."
            )
            % {"partnership": partnership},
            _(
                "Look at what we have written about %(name)s, and confirm it, correct it, or ask"
                " to be taken out:"
            )
            % {"name": actor.name},
            link,
            _(
                "The link works once, until %(day)s. You need no account. Whoever has the link can"
                " answer for you, so do not pass it on to others than those who should."
            )
            % {"day": day_in_words(timezone.localdate(expires_at))},
            partnership,
        ]
    )


def changes_in(
    actor: Actor, values: Mapping[str, str], language: str
) -> dict[str, tuple[Any, Any]]:
    """Return ``(before, after)`` of each field in which ``values`` differ from what stands here."""
    told = told_values(actor, language)
    return {
        field: (suggested(field, told[field], language), suggested(field, values[field], language))
        for field in CORRECTED
        if field in values and values[field].strip() != told[field]
    }


def _typed(actor: Actor, field: str, language: str) -> str:
    value = getattr(actor, field)
    if field in _IN_LANGUAGES:
        return str(value.get(language) or value.in_language(language))
    return "" if value is None else str(value)
