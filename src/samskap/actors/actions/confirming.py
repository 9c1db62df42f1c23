"""“Stemmer dette?”: ask an actor whether what we say is right, and take its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone, translation

from samskap.actors import letters, rules
from samskap.actors.models import (
    Actor,
    ConfirmationLetter,
    Confirmed,
    Suggestion,
    SuggestionKind,
)
from samskap.actors.origins import Said, keep_origins
from samskap.actors.queries.letters import contact_to_ask, open_letter
from samskap.actors.told_us import source_told_us
from samskap.kernel import mail
from samskap.strategy.queries import the_partnership
from samskap.trust import audit
from samskap.trust.models import Person, User

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from samskap.actors.models import Contact
    from samskap.trust.doers import Doer

OPEN_FOR: Final = timedelta(days=60)
BETWEEN_LETTERS: Final = timedelta(days=14)


class NoAddressError(Exception):
    """Neither the actor nor anyone who works there has an e-mail address here."""


class AskedLatelyError(Exception):
    """The actor had a letter in the last two weeks; the argument is when."""


class LetterNotOpenError(Exception):
    """The link is answered, too old, or none of ours."""


@dataclass(frozen=True, slots=True)
class LetterAnswer:
    """What an actor says of itself: each field as it was typed, and what else it wants said.

    ``wants_out`` asks to be taken out, and then ``comment`` may say why.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    wants_out: bool = False


@transaction.atomic
def ask_actor(
    *,
    actor: Actor,
    address_of: Callable[[str, str], str],
    by: Doer,
    at: datetime,
    contact: Contact | None = None,
) -> ConfirmationLetter:
    """Send the letter to ``contact``, else to whom we know there, else to the actor's own address.

    ``address_of`` makes the link from a secret and a language. Links from before are closed. Raises
    ``NoAddressError`` and ``AskedLatelyError``.
    """
    rules.require(rules.may_keep_actors, by)
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    last = actor.confirmation_letters.order_by("-sent_at").first()
    if last is not None and last.sent_at > at - BETWEEN_LETTERS:
        raise AskedLatelyError(last.sent_at)
    contact = contact or contact_to_ask(actor, at=at)
    to = contact.email if contact else actor.email
    if not to:
        raise NoAddressError(actor.key)
    secret, language = letters.new_secret(), letters.language_of(actor, contact)
    actor.confirmation_letters.filter(answered_at__isnull=True, expires_at__gt=at).update(
        expires_at=at
    )
    letter = ConfirmationLetter.objects.create(
        actor=actor,
        contact=contact,
        token_digest=letters.digest_of(secret),
        sent_at=at,
        expires_at=at + OPEN_FOR,
        sent_by=Person.objects.filter(user=by).first() if isinstance(by, User) else None,
    )
    _post(letter, to=to, link=address_of(secret, language), language=language)
    audit.record("letter.sent", about=actor, by=by, at=at, changes={"letter": []})
    return letter


@transaction.atomic
def answer_letter(*, secret: str, answer: LetterAnswer, by: Doer, at: datetime) -> list[Suggestion]:
    """Take an actor's answer: what it left as it stands is confirmed, the rest is suggested.

    The link is used up. A comment leaves what cannot be typed unconfirmed; who asks to be taken out
    confirms nothing. Raises ``LetterNotOpenError``.
    """
    rules.require(rules.may_answer_letters, by)
    letter = open_letter(secret, at=at)
    if letter is None:
        raise LetterNotOpenError
    letter = ConfirmationLetter.objects.select_for_update().get(pk=letter.pk)
    if letter.answered_at is not None or letter.expires_at <= at:
        raise LetterNotOpenError
    letter.answered_at = at
    letter.save(update_fields=["answered_at"])
    suggestions = _suggest(letter, answer, at)
    confirmed = () if answer.wants_out else _left_as_they_are(suggestions, answer)
    if confirmed:
        _confirm(letter.actor, confirmed, by=by, at=at)
    audit.record(
        "letter.answered",
        about=letter.actor,
        by=by,
        at=at,
        changes={"suggested": [None, [each.field or each.kind for each in suggestions]]},
    )
    return suggestions


def _post(letter: ConfirmationLetter, *, to: str, link: str, language: str) -> None:
    partnership = the_partnership()
    with translation.override(language):
        mail.post(
            to=[to],
            subject=letters.subject(letter.actor),
            text=letters.text(
                letter.actor,
                partnership=str(partnership.name) if partnership else "",
                link=link,
                expires_at=letter.expires_at,
            ),
            language=language,
            key=f"letter {letter.key}",
        )


def _suggest(letter: ConfirmationLetter, answer: LetterAnswer, at: datetime) -> list[Suggestion]:
    language = letters.language_of(letter.actor, letter.contact)
    changes = letters.changes_in(letter.actor, answer.values, language)
    rows = [
        _suggestion(letter, SuggestionKind.CORRECT, at, field=name, before=before, after=after)
        for name, (before, after) in changes.items()
        if not answer.wants_out
    ]
    comment = answer.comment.strip()
    if answer.wants_out:
        rows.append(_suggestion(letter, SuggestionKind.REMOVE, at, comment=comment))
    elif comment:
        rows.append(_suggestion(letter, SuggestionKind.COMMENT, at, comment=comment))
    return rows


def _suggestion(
    letter: ConfirmationLetter, kind: SuggestionKind, at: datetime, **said: object
) -> Suggestion:
    row = Suggestion(actor=letter.actor, letter=letter, kind=kind, suggested_at=at, **said)
    row.full_clean()
    row.save()
    return row


def _left_as_they_are(suggestions: list[Suggestion], answer: LetterAnswer) -> tuple[str, ...]:
    changed = {each.field for each in suggestions}
    typed = [name for name in letters.CORRECTED if name in answer.values]
    asked = typed if answer.comment.strip() else [*letters.ASKED]
    parts = {"postcode": "street", "post_town": "street"}
    gone = changed | {parts[name] for name in changed if name in parts}
    return tuple(name for name in asked if name not in gone)


def _confirm(actor: Actor, fields: tuple[str, ...], *, by: Doer, at: datetime) -> None:
    source, today = source_told_us(by=by, at=at), timezone.localdate(at)
    related = [name for name in ("industry_codes", "sites") if name in fields]
    empty = {name for name in related if not getattr(actor, name).exists()}
    said = tuple(name for name in fields if name not in empty)
    keep_origins([Said(actor, said, source, Confirmed.ACTOR, today)])
