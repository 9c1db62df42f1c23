"""``samskap mail``: whether letters go out."""

from __future__ import annotations

import smtplib
import ssl

import click

from samskap.cli.installation import with_installation
from samskap.runtime.problem import ProblemError


@click.group(epilog="\b\nExample:\n  samskap mail test kari@example.org")
def mail() -> None:
    """See whether letters go out."""


@mail.command(epilog="\b\nExample:\n  samskap mail test kari@example.org")
@click.argument("address")
@with_installation
def test(address: str) -> None:
    """Send a letter to ADDRESS at once, past the queue, and say how far it came."""
    from django.conf import settings  # noqa: PLC0415 - help needs no Django

    if settings.DEMO or not settings.EMAIL_HOST:
        raise ProblemError(
            "No letter leaves this installation: it is a demonstration, or SAMSKAP_SMTP_HOST is"
            " not set.",
            "Set SAMSKAP_SMTP_HOST and what docs/reference/settings.md says beside it.",
        )
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        _send(address)
    except smtplib.SMTPAuthenticationError as refused:
        raise ProblemError(
            f"{server} did not take our user name and password ({refused.smtp_code}).",
            "See SAMSKAP_SMTP_USER and SAMSKAP_SMTP_PASSWORD.",
        ) from refused
    except ssl.SSLError as wrong:
        raise ProblemError(
            f"{server} could not be trusted: {wrong.reason}.",
            "See SAMSKAP_SMTP_SECURITY and SAMSKAP_SMTP_PORT, and the server's certificate.",
        ) from wrong
    except smtplib.SMTPException as refused:
        raise ProblemError(
            f"{server} refused the letter: {refused}.",
            "See SAMSKAP_MAIL_FROM, and whether the server lets us send to that address.",
        ) from refused
    except OSError as away:
        raise ProblemError(
            f"{server} does not answer: {away}.", "See SAMSKAP_SMTP_HOST and SAMSKAP_SMTP_PORT."
        ) from away
    click.echo(f"{server} took a letter to {address}. Look for it there, among the unwanted too.")


def _send(address: str) -> None:
    from django.core.mail import EmailMessage  # noqa: PLC0415 - help needs no Django
    from django.core.mail.backends.smtp import EmailBackend  # noqa: PLC0415
    from django.utils.translation import gettext as _  # noqa: PLC0415

    letter = EmailMessage(
        subject=_("A letter to try the way out"),
        body=_("This installation can send letters. You need do nothing."),
        to=[address],
        connection=EmailBackend(fail_silently=False),
    )
    letter.send()
