"""``samskap places``: load, fetch and list places and where they end."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from samskap.cli.checking import faults_told
from samskap.cli.installation import as_json, with_installation

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.kernel.loading import Loaded

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_for_a_program = click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
_on = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day the codes are to be understood on; without it, today.",
)

# What needs Django is imported when it is used: help and misuse are answered at once.
# ruff: noqa: PLC0415


@click.group(epilog="\b\nExample:\n  samskap places refresh")
def places() -> None:
    """Load, fetch and list places and where they end."""


@places.command(
    epilog="\b\nExamples:\n"
    "  samskap places load kommuner.geojson\n"
    "  samskap places load kommuner.geojson --known-only\n"
    "  samskap places load kommuner-2023.geojson --on 2023-06-01"
)
@click.argument("file", type=_FILE)
@click.option(
    "--country",
    type=click.Choice(("NO", "SE")),
    default="NO",
    show_default=True,
    help="Whose codes they are, where the file does not say.",
)
@click.option("--publisher", help="Who drew them; without it, Kartverket or SCB.")
@click.option("--licence", help="On what terms; without it, CC BY 4.0 or CC0.")
@click.option("--known-only", is_flag=True, help="Pass over codes that are no place here.")
@_on
@_for_a_program
@with_installation
def load(
    file: Path,
    *,
    country: str,
    publisher: str | None,
    licence: str | None,
    known_only: bool,
    on: datetime | None,
    wants_json: bool,
) -> None:
    """Bring in the boundaries of FILE, GeoJSON in degrees (WGS 84), all of them or none.

    The code of each place is found among its properties, as kommunenummer, fylkesnummer,
    kommunkod, lanskod, code or id. Run again, it changes nothing.
    """
    from samskap.cli.place_boundaries import Terms, loaded_from

    with faults_told(file, wants_json=wants_json):
        terms = Terms(country, publisher, licence)
        loaded, passed_over = loaded_from(file, terms, on=on, known_only=known_only)
    _tell(loaded, passed_over, wants_json=wants_json)


@places.command(
    epilog="\b\nExamples:\n  samskap places refresh\n  samskap places refresh 3105 3107 31"
)
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@_for_a_program
@with_installation
def refresh(codes: tuple[str, ...], *, wants_json: bool) -> None:
    """Fetch boundaries from Kartverket, all of them or none.

    Without codes, of every Norwegian municipality and county that is a place here today.
    """
    from samskap.cli.place_boundaries import refreshed

    _tell(refreshed(codes), (), wants_json=wants_json)


@places.command(
    "list",
    epilog="\b\nExamples:\n  samskap places list\n"
    "  samskap places list --level municipality --json",
)
@click.option("--level", help="Only country, county, municipality, sub-region, …")
@_on
@_for_a_program
@with_installation
def list_(*, level: str | None, on: datetime | None, wants_json: bool) -> None:
    """List the places that hold on a day, and who drew their boundaries."""
    from samskap.cli.place_boundaries import every_place

    found = every_place(level=level, on=on)
    if wants_json:
        click.echo(as_json(found))
        return
    for place in found:
        drawn = f"{place['area_km2']:,.0f} km2, {place['boundary']}" if place["boundary"] else "-"
        click.echo(f"{place['key']:>26}  {place['name']}  ({place['level']})  {drawn}")
    click.echo(f"{len(found)} place{'' if len(found) == 1 else 's'}.")


def _tell(loaded: Loaded, passed_over: tuple[str, ...], *, wants_json: bool) -> None:
    if wants_json:
        click.echo(as_json(asdict(loaded) | {"passed_over": len(passed_over)}))
        return
    boundaries = "boundary" if loaded.created == 1 else "boundaries"
    told = (
        f"{loaded.created} {boundaries} registered, {loaded.changed} changed, "
        f"{loaded.unchanged} as before."
    )
    click.echo(f"{told} {_left_out(len(passed_over))}".rstrip())


def _left_out(codes: int) -> str:
    if codes == 1:
        return "1 code that is no place here was passed over."
    return f"{codes} codes that are no places here were passed over." if codes else ""
