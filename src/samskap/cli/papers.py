"""``samskap papers``: drafts of what a public body must have on paper, filled with what we know."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

import samskap
from samskap.cli.installation import with_installation
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from samskap.trust.privacy.records import Controller, Record

# What needs Django is imported when it is used: help and misuse are answered at once.
# ruff: noqa: PLC0415

_DRAFTS: Final = Path(__file__).parent / "papers_nb"
_RECORD: Final = "behandlingsprotokoll.md"
_EPILOG = "\b\nExample:\n  samskap papers --to papers"


@click.command(epilog=_EPILOG)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("papers"),
    show_default=True,
    help="The folder they are written to; nothing there is written over.",
)
@with_installation
def papers(folder: Path) -> None:
    """Write drafts in Norwegian: risk analysis, DPIA, data processing agreement and the record.

    What stands about the product is what this installation is today. What stands in brackets is
    yours to fill in.
    """
    from django.utils.translation import override

    with override("nb"):
        written = drafts()
    folder.mkdir(parents=True, exist_ok=True)
    taken = [name for name in written if (folder / name).exists()]
    if taken:
        raise ProblemError(
            f"{folder / taken[0]} is there already.", "Choose another folder with --to."
        )
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(str(folder / name))


def drafts() -> dict[str, str]:
    """Return each paper's name and text, in the language that is active."""
    from samskap.trust.privacy import records

    record = records.record_of_processing(_controller())
    facts = _facts(record)
    written = {
        path.name: string.Template(path.read_text(encoding="utf-8")).substitute(facts)
        for path in sorted(_DRAFTS.glob("*.md"))
    }
    return written | {_RECORD: records.as_markdown(record)}


def _controller() -> Controller:
    from samskap.strategy import public as strategies
    from samskap.trust.privacy import records

    partnership = strategies.partnership()
    if partnership is None:
        raise ProblemError("There is no region here yet.", "Load one: samskap init regions/NAME.")
    return records.Controller(str(partnership.name), partnership.contact)


def _facts(record: Record) -> dict[str, object]:
    """Return what the drafts ask for, in Norwegian; what is not known is left open in brackets."""
    from django.conf import settings
    from django.utils import timezone
    from django.utils.formats import date_format

    from samskap.trust.models import Role

    return {
        "partnership": record.controller.name,
        "contact": record.controller.contact or "[adresse]",
        "address": settings.SITE_ADDRESS,
        "today": date_format(timezone.localdate(), "DATE_FORMAT"),
        "version": samskap.__version__,
        "fields": record.number_of_fields,
        "personal": record.number_personal,
        "hosts": ", ".join(settings.OUTGOING_HOSTS) or "ingen",
        "mail": settings.EMAIL_HOST or "ingen e-posttjener er satt opp",
        "services": ", ".join(one.name for one in settings.SIGN_IN_SERVICES) or "ingen",
        "roles": "\n".join(f"- {role.label}" for role in Role),
        "activities": _activities(record),
        **_kept(),
    }


def _kept() -> dict[str, object]:
    import os

    from django.core.files.storage import FileSystemStorage, default_storage

    from samskap.cli.installation import Installation
    from samskap.runtime.backups.shelf import Habit

    installation = Installation.here()
    habit = Habit.of(installation.folders.data, os.environ)
    when = "hver natt" if habit.minute is not None else "[når]"
    is_own = installation.has_own_server
    is_on_disk = isinstance(default_storage, FileSystemStorage)
    return {
        "backup": f"sikkerhetskopi {when}, beholdes i {habit.days} dager",
        "backup_days": habit.days,
        "database": "egen PostgreSQL på samme maskin" if is_own else "PostgreSQL [hvor]",
        "files": "på samme maskin" if is_on_disk else "[hvor]",
    }


def _activities(record: Record) -> str:
    rows = [
        f"| {one.title} | {one.purpose} | {', '.join(one.whose)} | {one.basis} | {one.kept_for} |"
        for one in record.activities
    ]
    return "\n".join(
        ["| behandling | formål | hvem | grunnlag | hvor lenge |", "|---|---|---|---|---|", *rows]
    )
