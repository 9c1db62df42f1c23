"""The head of the log: signed, shown, and mailed to the partners where they want it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from samskap.kernel import mail
from samskap.kernel.period import valid_on
from samskap.trust import audit, rules
from samskap.trust.log.heads import Head
from samskap.trust.log.keys import signing_key
from samskap.trust.models import AuditSeal, LogHead, LogPractice, Person, Role

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer


class NothingSealedError(Exception):
    """There is no seal yet that could be signed."""


@transaction.atomic
def sign_head(*, by: Doer, at: datetime) -> LogHead:
    """Sign the newest seal and show it; mail it to the partners where that is the practice.

    Raises ``NothingSealedError``, and ``UnknownKeyError`` when the key cannot be read.
    """
    rules.require(rules.may_share_the_log, by)
    newest = AuditSeal.objects.order_by("-sequence").first()
    if newest is None:
        raise NothingSealedError
    key = signing_key()
    head = Head(
        site=settings.SITE_ADDRESS,
        sequence=newest.sequence,
        hash=bytes(newest.hash),
        made_at=at.astimezone(UTC),
        public_key=key.public_key().public_bytes_raw(),
    )
    row = LogHead.objects.create(
        site=head.site,
        sequence=head.sequence,
        hash=head.hash,
        made_at=head.made_at,
        public_key=head.public_key,
        signature=key.sign(head.signed),
    )
    audit.record(
        "log.head-signed", about=row, by=by, at=at, changes={"sequence": [None, head.sequence]}
    )
    if LogPractice.objects.filter(mails_heads=True).exists():
        _mail_to_partners(Head.of(row), at=at)
    return row


@transaction.atomic
def sign_head_of_the_day(*, by: Doer, at: datetime) -> LogHead | None:
    """Sign the newest seal unless one was signed that day already, or nothing is sealed yet."""
    rules.require(rules.may_share_the_log, by)
    LogPractice.objects.get_or_create(is_the_one=True)
    # Two who sign at once wait here for one another.
    LogPractice.objects.select_for_update().get(is_the_one=True)
    day = timezone.localdate(at)
    if LogHead.objects.filter(made_at__date=day).exists() or not AuditSeal.objects.exists():
        return None
    return sign_head(by=by, at=at)


@transaction.atomic
def choose_head_mailing(*, mails_heads: bool, by: Doer, at: datetime) -> LogPractice:
    """Say whether each day's head is mailed to those who represent the partners."""
    rules.require(rules.may_share_the_log, by)
    practice, _ = LogPractice.objects.select_for_update().get_or_create(is_the_one=True)
    before = practice.mails_heads
    if before == mails_heads:
        return practice
    practice.mails_heads = mails_heads
    practice.full_clean()
    practice.save(update_fields=["mails_heads"])
    audit.record(
        "log.head-mailing-chosen",
        about=practice,
        by=by,
        at=at,
        changes={"mails_heads": [before, mails_heads]},
    )
    return practice


def _mail_to_partners(head: Head, *, at: datetime) -> None:
    representing = Person.objects.filter(
        valid_on(timezone.localdate(at), prefix="mandates__"),
        mandates__capacity=Role.PARTNER_REPRESENTATIVE,
        user__is_active=True,
    )
    for person in representing.select_related("user").distinct().order_by("id"):
        if person.user is None:
            continue
        with translation.override(person.language):
            mail.post(
                to=[person.user.email],
                subject=gettext("The seal of the log at %(site)s") % {"site": head.site},
                text=_letter(head),
                language=person.language,
                key=f"log head {head.sequence} {head.made_at.isoformat()} {person.key}",
            )


def _letter(head: Head) -> str:
    why = gettext(
        "This is the newest seal of our log, signed. Keep this letter: with it anybody can find "
        "whether the log was rewritten or cut short afterwards. You need do nothing else."
    )
    how = gettext("How it is checked stands on our page about the seal.")
    return f"{why}\n\n{how}\n\n{head}"
