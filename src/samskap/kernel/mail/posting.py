"""Queue a letter, and deliver one."""

from __future__ import annotations

import uuid
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import forbid_multi_line_headers, sanitize_address
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from samskap.kernel.mail.letters import Letter
from samskap.kernel.mail.outbox import Outbox, says

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.core.mail import EmailMessage
    from django.db.models import QuerySet

DELIVERY_TASK: Final = "samskap.mail.deliver"
_KEYS: Final = uuid.UUID("5a1e0f6e-6f0c-4f5f-9d0a-0b7d5a2c9b41")
_KEY_HEADER: Final = "X-Samskap-Key"


class Carrier(Protocol):
    """What takes a letter out of the house."""

    def carry(self, letter: Letter) -> None:
        """Take ``letter``; raises ``OSError`` when it could not be taken this time."""


class MailServer:
    """The SMTP server that the settings name."""

    def carry(self, letter: Letter) -> None:
        """Hand ``letter`` to the server."""
        server = SmtpBackend(fail_silently=False)
        server.open()
        if server.connection is None:
            raise ConnectionError(settings.EMAIL_HOST)
        try:
            server.connection.sendmail(letter.sender, letter.recipients, bytes(letter.message))
        finally:
            server.close()


class QueueBackend(BaseEmailBackend):
    """Django's mail functions, led to the queue."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message; return how many were new."""
        return sum(_queue(message) for message in email_messages if message.recipients())


def post(
    *,
    to: Iterable[str],
    subject: str,
    text: str,
    language: str,
    html: str = "",
    key: str | None = None,
) -> None:
    """Queue one mail in the transaction that is open, so that it goes out only if that holds.

    ``key`` says what the mail is about ('invitation 17'): a second call with the same key queues
    nothing. Raises ``BadHeaderError`` for a line break in an address.
    """
    headers = {"Content-Language": language}
    if key is not None:
        headers[_KEY_HEADER] = key
    message = EmailMultiAlternatives(one_line(subject), text, None, list(to), headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    _queue(message)


def one_line(text: str) -> str:
    r"""Return ``text`` as one line without control characters, fit for a header.

    >>> one_line("Til Kari\r\nBcc: alle@example.no")
    'Til Kari Bcc: alle@example.no'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def deliver(key: UUID | str, *, at: datetime) -> bool:
    """Deliver the letter with ``key`` unless it has been; return whether it went out now.

    Raises ``OSError`` when the server or the disk said no, and then the letter waits. A process
    that dies between the server's yes and our own note of it sends the letter again with the same
    Message-ID.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update().filter(key=key).first()
        if letter is None or letter.delivered_at is not None:
            return False
        carrier().carry(letter)
        letter.forget(at)
    return True


def forget(addresses: Collection[str], naming: re.Pattern[str] | None = None) -> None:
    """Remove the letters to any of ``addresses``: those that wait now, those kept on commit.

    A letter to somebody else goes too when ``naming`` finds something in what it says.
    """
    if not addresses and naming is None:
        return
    letters_about(addresses, naming).delete()
    wanted = {address.lower() for address in addresses}
    transaction.on_commit(lambda: Outbox.of_this_installation().forget(wanted, naming))


def letters_about(
    addresses: Collection[str], naming: re.Pattern[str] | None = None
) -> QuerySet[Letter]:
    """Return the letters that wait and go to one of ``addresses``, or say what ``naming`` finds."""
    wanted = {address.lower() for address in addresses}
    theirs = [
        row.pk
        for row in Letter.objects.filter(delivered_at=None).order_by("id").iterator()
        if wanted & _bare(row.recipients) or (naming and says(bytes(row.message), naming))
    ]
    return Letter.objects.filter(pk__in=theirs).order_by("id")


def carrier() -> Carrier:
    """Return the way out: the mail server, or the outbox in a demonstration or without a server."""
    if settings.DEMO or not settings.EMAIL_HOST:
        return Outbox.of_this_installation()
    return MailServer()


def _queue(message: EmailMessage) -> bool:
    said = message.extra_headers.pop(_KEY_HEADER, None)
    key = uuid.uuid4() if said is None else uuid.uuid5(_KEYS, said)
    for header in (message.from_email, *message.recipients()):
        forbid_multi_line_headers("To", header, "utf-8")
    message.extra_headers.setdefault("Message-ID", f"<{key}@{_domain(message.from_email)}>")
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(
            key=key,
            defaults={
                "sender": sanitize_address(message.from_email, "utf-8"),
                "recipients": [sanitize_address(to, "utf-8") for to in message.recipients()],
                "message": cast("Any", message.message()).as_bytes(linesep="\r\n"),
                "queued_at": timezone.now(),
            },
        )
        if is_new:
            jobs.configure_task(DELIVERY_TASK, queue="mail", queueing_lock=f"mail {key}").defer(
                key=str(letter.key)
            )
    return is_new


def _bare(recipients: Iterable[str]) -> set[str]:
    return {parseaddr(recipient)[1].lower() for recipient in recipients}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("<> ") or "localhost"
