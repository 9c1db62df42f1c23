"""``samskap privacy``: what is held about people, told to those who ask and let go in time."""

from __future__ import annotations

import click

from samskap.cli.installation import as_json, with_installation
from samskap.runtime.problem import ProblemError

# What needs Django is imported when it is used: help and misuse are answered at once.
# ruff: noqa: PLC0415

_RECORD = """\b
Examples:
  samskap privacy record > record.md
  samskap privacy record --json
"""
_EXPORT = """\b
Examples:
  samskap privacy export kari@example.org
  samskap privacy export 5a1e0f6e-6f0c-4f5f-9d0a-0b7d5a2c9b41
"""
_RETENTION = """\b
Examples:
  samskap privacy retention --dry-run
  samskap privacy retention
"""


@click.group(epilog="\b\nExample:\n  samskap privacy record")
def privacy() -> None:
    """Tell what is held about people, and let go of what is past its time."""


@privacy.command(epilog=_RECORD)
@click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
@with_installation
def record(*, wants_json: bool) -> None:
    """Write the record of processing (GDPR article 30), in Markdown or as JSON.

    It is made from what the code declares of every field, and names this partnership.
    """
    from django.utils.translation import override

    from samskap.strategy.queries import the_partnership
    from samskap.trust.privacy import records

    partnership = the_partnership()
    controller = (
        records.Controller(str(partnership.name), partnership.contact) if partnership else None
    )
    with override("en"):
        found = records.record_of_processing(controller)
        told = as_json(records.as_data(found)) if wants_json else records.as_markdown(found)
    click.echo(told, nl=wants_json)


@privacy.command(epilog=_EXPORT)
@click.argument("who", metavar="EMAIL|KEY")
@with_installation
def export(who: str) -> None:
    """Write everything that is held about whoever has EMAIL or KEY, as JSON.

    For those without an account, who cannot see for themselves: a contact at an actor. Make sure
    that it is they who ask. Where somebody is named in a text, what stands around it is told.
    """
    from django.utils import timezone

    from samskap.trust.privacy import exports
    from samskap.trust.privacy.subjects import subject_called

    found = exports.data_about(subject_called(who), at=timezone.now())
    if not found["tables"] and not found["named_in"]:
        raise ProblemError(
            f"Nothing is held about {who}.", "See that it is written as they write it."
        )
    click.echo(as_json(found))


@privacy.command(epilog=_RETENTION)
@click.option("--dry-run", is_flag=True, help="Say what would go, and let nothing go.")
@with_installation
def retention(*, dry_run: bool) -> None:
    """Let go of what is past its time, as a job does every night, and say how much by rule."""
    from django.utils import timezone
    from django.utils.translation import override

    from samskap.trust.actions.privacy import let_go_of_what_is_past
    from samskap.trust.doers import OPERATOR
    from samskap.trust.privacy import registry
    from samskap.trust.privacy.retention import due

    at = timezone.now()
    counts = due(at) if dry_run else let_go_of_what_is_past(by=OPERATOR, at=at).counts
    with override("en"):
        for key, rule in registry.rules().items():
            click.echo(f"{counts[key]:>7}  {rule.says}")
    total = sum(counts.values())
    click.echo(f"{total} would go. Nothing is touched." if dry_run else f"{total} went.")
