"""What the kernel keeps about people: letters on their way, and what may be forgotten."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from samskap.kernel import mail, once, secrecy
from samskap.kernel.models import Cached, Done, Letter
from samskap.kernel.naming import pattern
from samskap.kernel.personal import (
    Activity,
    Basis,
    Erased,
    Personal,
    RoomPrivacy,
    Rule,
    Table,
    Whose,
    fields,
)

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.kernel.personal import Rows, Subject

KEEP_LETTERS: Final = timedelta(days=30)
_LETTER: Final = Personal("letters", Erased.DELETED, is_exported=False)


def _letters(subject: Subject) -> Rows:
    return mail.letters_about(subject.addresses)


def _remembered(subject: Subject) -> Rows:
    """Return what is remembered of the subject: the cache keeps its values packed."""
    finding = pattern(subject)
    named = [
        row.pk
        for row in Cached.objects.order_by("pk").iterator()
        if finding and finding.search(f"{row.cache_key}\n{_unpacked(row.value)}")
    ]
    return Cached.objects.filter(pk__in=named).order_by("pk")


def _unpacked(value: str) -> str:
    return base64.b64decode(value, validate=False).decode("utf-8", errors="replace")


def _done(subject: Subject) -> Rows:
    """Return what was done lately and answered with the subject's name; answers are sealed."""
    finding = pattern(subject)
    named = [
        row.pk
        for row in Done.objects.order_by("pk").iterator()
        if finding and finding.search(_answer(row))
    ]
    return Done.objects.filter(pk__in=named).order_by("pk")


def _answer(row: Done) -> str:
    try:
        return row.told
    except secrecy.UnreadableError:
        return ""


def _erase(subject: Subject, _by: Any, _at: datetime) -> None:
    mail.forget(subject.addresses, pattern(subject))


PRIVACY: Final = RoomPrivacy(
    tables=(
        Table(
            "kernel.Cached",
            impersonal=fields("expires"),
            personal={
                name: Personal("attempts", Erased.DELETED, is_exported=False)
                for name in ("cache_key", "value")
            },
            rows=_remembered,
        ),
        Table(
            "kernel.Done",
            impersonal=fields("id digest what fingerprint done_at"),
            personal={"answer": Personal("once", Erased.DELETED, is_exported=False)},
            rows=_done,
        ),
        Table(
            "kernel.Letter",
            title=_("Letters that wait"),
            impersonal=fields("id key sender"),
            personal={
                "recipients": Personal("letters", Erased.DELETED),
                "message": _LETTER,
                "queued_at": Personal("letters", Erased.DELETED, tells_who=False),
                "delivered_at": Personal(
                    "letters", Erased.DELETED, is_exported=False, tells_who=False
                ),
            },
            rows=_letters,
        ),
    ),
    activities=(
        Activity(
            key="letters",
            title=_("Letters"),
            purpose=_("To send what somebody has to know: invitations, questions and notices."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("A letter needs an address until it is delivered."),
            whose=(Whose.ACCOUNT, Whose.CONTACT),
            seen_by=_("Nobody; in a demonstration everyone, in its outbox."),
            kept_for=_(
                "Until it is delivered, at most thirty days. Then we know only that it was sent."
            ),
            rules=("letters",),
        ),
        Activity(
            key="attempts",
            title=_("Attempts to sign in"),
            purpose=_("To stop those who guess passwords or fill in forms without end."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("Attempts can only be counted by address. It is kept scrambled."),
            whose=(Whose.VISITOR, Whose.ACCOUNT),
            seen_by=_("Nobody."),
            kept_for=_(
                "A few minutes, at most a day. That a browser has opened an account: sixty days."
            ),
            rules=("forgotten",),
        ),
        Activity(
            key="once",
            title=_("What was done once"),
            purpose=_("To do nothing twice when a form is sent twice."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("The second time must be answered as the first. It is kept sealed."),
            whose=(Whose.ACCOUNT, Whose.CONTACT, Whose.VISITOR),
            seen_by=_("Nobody."),
            kept_for=_("A day, and until the night after it."),
            rules=("once",),
        ),
    ),
    rules=(
        Rule(
            "letters",
            _("Letters are deleted thirty days after they were written."),
            lambda at: Letter.objects.filter(queued_at__lt=at - KEEP_LETTERS).order_by("pk"),
        ),
        Rule(
            "once",
            _("What was done once is forgotten a day after it was done."),
            lambda at: Done.objects.filter(done_at__lt=at - once.KEEP).order_by("pk"),
        ),
        Rule(
            "forgotten",
            _("Counts of attempts are deleted when they no longer count."),
            lambda at: Cached.objects.filter(expires__lt=at).order_by("pk"),
        ),
    ),
    erase=_erase,
)
