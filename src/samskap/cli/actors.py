"""``samskap actors``: load, check and list the actors, and hold them up to the register."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime  # noqa: TC003 - click shows a command's own annotations
from pathlib import Path
from typing import Final

import click

from samskap.cli.installation import as_json, with_installation

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_for_a_program = click.option("--json", "wants_json", is_flag=True, help="For a program to read.")

# What needs Django is imported when it is used: help and misuse are answered at once.
# ruff: noqa: PLC0415


@click.group(epilog="\b\nExample:\n  samskap actors verify")
def actors() -> None:
    """Load, check and list the actors, and hold them up to the register."""


@actors.command(epilog="\b\nExample:\n  samskap actors check regions/ostfold/actors.yaml")
@click.argument("file", type=_FILE)
@_for_a_program
@click.pass_context
@with_installation
def check(ctx: click.Context, file: Path, *, wants_json: bool) -> None:
    """Say everything that is wrong with FILE, by line, with what to do. Changes nothing.

    When places.yaml stands beside it or in the folder above, the codes are held to that.
    """
    from samskap.cli.actor_files import faults_of

    faults = faults_of(file)
    if wants_json:
        click.echo(as_json([{**asdict(fault), "path": str(fault.path)} for fault in faults]))
    else:
        for fault in faults:
            click.echo(str(fault))
        click.echo(f"{file}: {count(len(faults), 'fault')}.")
    ctx.exit(1 if faults else 0)


@actors.command(epilog="\b\nExample:\n  samskap actors load regions/ostfold/actors.yaml")
@click.argument("file", type=_FILE)
@_for_a_program
@with_installation
def load(file: Path, *, wants_json: bool) -> None:
    """Bring the actors of FILE in, all of them or none. Run again, it changes what differs."""
    from samskap.cli.actor_files import loaded_from

    loaded = loaded_from(file)
    if wants_json:
        click.echo(as_json(asdict(loaded)))
        return
    click.echo(
        f"{count(loaded.created, 'actor')} registered, {loaded.changed} changed, "
        f"{loaded.unchanged} as before."
    )


@actors.command(
    "import",
    epilog="\b\nExamples:\n  samskap actors import members.xlsx --dry-run\n"
    "  samskap actors import enheter.csv --on 2026-10-01 --json\n"
    "  samskap actors import list.csv --mapping name=Bedrift --mapping place=Sted",
)
@click.argument("file", type=_FILE)
@click.option(
    "--mapping",
    "pairs",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column holds a field, where its name does not tell. May be given several times.",
)
@click.option("--source", default="", metavar="KEY", help="A source that is here already.")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the file is from; today when left out.",
)
@click.option(
    "--visible-to",
    type=click.Choice(["secretariat", "partners", "public"]),
    default="secretariat",
    show_default=True,
    help="Who may see the actors that are new.",
)
@click.option(
    "--with-lookalikes", is_flag=True, help="Bring in those, too, that look like someone known."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@_for_a_program
@with_installation
def import_(
    file: Path,
    *,
    pairs: tuple[str, ...],
    source: str,
    day: datetime | None,
    visible_to: str,
    with_lookalikes: bool,
    dry_run: bool,
    wants_json: bool,
) -> None:
    """Bring organisations in from FILE: a table, or what the register gives.

    CSV and XLSX with the names of the columns on top, or Enhetsregisteret's JSON and bulk CSV.
    Every row that can be brought in is, in one go; the others are listed with why. Run again, it
    changes nothing. With --json each rejected row is a line, and the last line counts.
    """
    from samskap.cli.actor_imports import imported, lines_about, mapping_from

    run, rejected = imported(
        file,
        mapping=mapping_from(pairs),
        source=source,
        file_on=day.date() if day else None,
        visible_to=visible_to,
        with_lookalikes=with_lookalikes,
        dry_run=dry_run,
    )
    for line in lines_about(run, rejected, wants_json=wants_json, dry_run=dry_run):
        click.echo(line)


@actors.command("list", epilog="\b\nExample:\n  samskap actors list --json")
@_for_a_program
@with_installation
def list_(*, wants_json: bool) -> None:
    """List every actor, in Norwegian order."""
    from samskap.cli.actor_files import every_actor

    found = every_actor()
    if wants_json:
        click.echo(as_json(found))
        return
    for actor in found:
        number = actor["organisation_number"] or "-"
        click.echo(f"{number:>10}  {actor['name']}  ({', '.join(actor['factors'])})")
    click.echo(f"{count(len(found), 'actor')}.")


@actors.command(
    epilog="\b\nExamples:\n  samskap actors verify\n  samskap actors verify 974761319\n"
    "  samskap actors verify --add 986399445 --kind state-body --factor capital"
)
@click.argument("numbers", nargs=-1, metavar="[NUMBER]...")
@click.option("--add", metavar="NUMBER", help="Register the organisation with this number.")
@click.option("--kind", help="With --add: what it is, as in actors.yaml.")
@click.option("--factor", help="With --add: the factor it counts under.")
@click.option("--reason", help="With --add: why it counts under the factor, in bokmål.")
@click.option("--name", default="", help="With --add: the register's name, as people write it.")
@click.option("--yes", "is_sure", is_flag=True, help="With --add: do not ask whether we are sure.")
@_for_a_program
@click.pass_context
@with_installation
def verify(
    ctx: click.Context,
    numbers: tuple[str, ...],
    *,
    add: str | None,
    kind: str | None,
    factor: str | None,
    reason: str | None,
    name: str,
    is_sure: bool,
    wants_json: bool,
) -> None:
    """Hold the actors' names up to what Enhetsregisteret says today.

    Without numbers, every Norwegian actor that has one. Exits with 1 when something differs.
    Nothing is changed; with --add one actor is registered on the register's word.
    """
    from samskap.cli.register_check import add_actor, held_up

    if add is not None:
        if numbers:
            raise click.UsageError("Give numbers to verify, or one to --add; not both.")
        add_actor(add, kind=kind, factor=factor, reason=reason, name=name, is_sure=is_sure)
        return
    found = held_up(numbers)
    if wants_json:
        click.echo(as_json([asdict(each) for each in found]))
    else:
        for each in found:
            click.echo(each.line)
        click.echo(f"{count(len(found), 'actor')} held up to the register.")
    ctx.exit(0 if all(each.is_well for each in found) else 1)


@actors.group(epilog="\b\nExample:\n  samskap actors network refresh")
def network() -> None:
    """Draw the network of the actors."""


@network.command(epilog="\b\nExample:\n  samskap actors network refresh --json")
@_for_a_program
@with_installation
def refresh(*, wants_json: bool) -> None:
    """Compute where every actor stands in the network, now rather than in a job.

    A picture of the same actors and ties as the last time is left as it is.
    """
    from django.utils import timezone

    from samskap.actors.compute.layout import lay_out

    done = lay_out(at=timezone.now())
    if wants_json:
        click.echo(as_json([asdict(each) for each in done]))
        return
    for each in done:
        state = "drawn" if each.is_new else "as before"
        many = f"{count(each.actors, 'actor')}, {count(each.ties, 'pair')} tied"
        click.echo(f"{each.scope}: {many}, {state}.")


def count(number: int, thing: str) -> str:
    """Write a number of things."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
