"""Ask about what is held about oneself, answer, and let go of what is past its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samskap.kernel import mail
from samskap.trust import audit
from samskap.trust.models import Person, PrivacyRequest, RetentionRun, User, Wish
from samskap.trust.privacy import retention, rules
from samskap.trust.rules import require

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer


class AskedAlreadyError(Exception):
    """The same is asked already and waits for an answer."""


class AnsweredAlreadyError(Exception):
    """Somebody has answered it before."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter that says that somebody asks: to whom, in their language, and nothing of who."""

    to: str
    subject: str
    text: str
    language: str


@transaction.atomic
def ask_about_oneself(
    *,
    person: Person,
    wish: Wish,
    text: str,
    by: Doer,
    at: datetime,
    notice: Notice | None = None,
) -> PrivacyRequest:
    """Ask the secretariat to put something right, to erase it, or to leave it unused.

    ``notice`` goes to the secretariat's address. Raises ``AskedAlreadyError`` while the same waits,
    and ``ValidationError`` when it is not said what is to be put right.
    """
    require(rules.may_ask_about, by, person)
    Person.objects.select_for_update().get(pk=person.pk)
    if person.privacy_requests.filter(wish=wish, answered_at=None).exists():
        raise AskedAlreadyError(wish)
    if wish == Wish.RECTIFY and not text.strip():
        raise ValidationError({"text": _("Say what is wrong, and how it should be.")})
    asked = PrivacyRequest(person=person, wish=wish, text=text.strip(), asked_at=at)
    asked.full_clean()
    asked.save()
    if notice is not None:
        mail.post(
            to=[notice.to],
            subject=notice.subject,
            text=notice.text,
            language=notice.language,
            key=f"privacy request {asked.key}",
        )
    audit.record(
        "privacy.asked", about=asked, by=by, at=at, changes={"wish": [None, str(wish)], "text": []}
    )
    return asked


@transaction.atomic
def answer_request(*, asked: PrivacyRequest, answer: str, by: Doer, at: datetime) -> PrivacyRequest:
    """Say what was done about it; whoever asked reads the answer among what is held about them.

    Raises ``AnsweredAlreadyError``, and ``ValidationError`` without an answer.
    """
    require(rules.may_answer, by)
    asked = PrivacyRequest.objects.select_for_update().get(pk=asked.pk)
    if asked.answered_at is not None:
        raise AnsweredAlreadyError(asked.key)
    if not answer.strip():
        raise ValidationError({"answer": _("Say what you have done, or why not.")})
    asked.answer, asked.answered_at = answer.strip(), at
    asked.answered_by = Person.objects.filter(user=by).first() if isinstance(by, User) else None
    asked.full_clean()
    asked.save()
    audit.record("privacy.answered", about=asked, by=by, at=at, changes={"answer": []})
    return asked


@transaction.atomic
def let_go_of_what_is_past(*, by: Doer, at: datetime) -> RetentionRun:
    """Let go of everything that is past its time, and say how much by rule: all of it or nothing.

    What the rules are stands in the record of processing.
    """
    require(rules.may_let_go, by)
    counts = retention.let_go(at)
    run = RetentionRun.objects.create(ran_at=at, counts=counts)
    audit.record("retention.done", about=run, by=by, at=at, changes={"counts": [None, counts]})
    return run
