"""``samskap manage``: Django's own commands, on this installation."""

from __future__ import annotations

import click

from samskap.cli.installation import with_installation


@click.command(
    epilog="\b\nExamples:\n  samskap manage check --deploy\n  samskap manage shell",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, required=True, type=click.UNPROCESSED)
@with_installation
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands with this installation's database and settings."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["samskap manage", *arguments])
