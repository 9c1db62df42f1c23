"""``samskap strategy``: check, load, show and publish what the partnership wants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samskap.cli.checking import faults_told, tell_faults, without_installation
from samskap.cli.installation import as_json, with_installation
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.strategy.models import StrategyElement, StrategyVersion

_EPILOG = """\b
Examples:
  samskap strategy check regions/ostfold
  samskap strategy load regions/ostfold/strategy.yaml
  samskap strategy publish 2024-27
"""
a_path = click.Path(exists=True, path_type=Path)
as_program = click.option("--json", "wants_json", is_flag=True, help="For a program to read.")


@click.group(epilog=_EPILOG)
def strategy() -> None:
    """Check, load, show and publish the strategy, version by version."""


@strategy.command(
    epilog="\b\nExamples:\n"
    "  samskap strategy check regions/ostfold\n"
    "  samskap strategy check regions/ostfold/strategy.yaml --json"
)
@click.argument("path", type=a_path)
@as_program
@without_installation
def check(path: Path, *, wants_json: bool) -> None:
    """Say everything that is wrong with PATH, a region's folder or its strategy's file.

    Each fault comes with its line and what to do about it. Needs no database. Exits with 1 when
    there is a fault.
    """
    from samskap.strategy.reading import check_path  # noqa: PLC0415 - help needs no Django

    faults = check_path(path)
    tell_faults(path, faults, wants_json=wants_json)
    raise click.exceptions.Exit(1 if faults else 0)


@strategy.command(epilog="\b\nExample:\n  samskap strategy load regions/ostfold/strategy.yaml")
@click.argument("path", type=a_path)
@as_program
@with_installation
def load(path: Path, *, wants_json: bool) -> None:
    """Keep the strategy in PATH as a draft under its label, for the secretariat to see.

    Run again, it changes nothing. A draft of the same label is written over; a published version
    never changes, so a changed strategy needs a new label.
    """
    from django.utils import timezone  # noqa: PLC0415

    from samskap.strategy.actions import load_strategy  # noqa: PLC0415
    from samskap.strategy.reading import STRATEGY_FILE, read_strategy  # noqa: PLC0415
    from samskap.trust.doers import OPERATOR  # noqa: PLC0415

    file = path / STRATEGY_FILE if path.is_dir() else path
    with faults_told(file, wants_json=wants_json):
        facts = read_strategy(file)
    version = load_strategy(facts=facts, by=OPERATOR, at=timezone.now())
    if wants_json:
        click.echo(as_json(_facts_of(version)))
    elif version.is_published:
        click.echo(f"The strategy {version.label} is published and says the same: nothing to do.")
    else:
        click.echo(
            f"The strategy {version.label} is kept as a draft of {len(facts.elements)} elements.\n"
            f"Show it to everyone with samskap strategy publish {version.label}"
        )


@strategy.command(
    epilog="\b\nExamples:\n"
    "  samskap strategy show\n"
    "  samskap strategy show --version 2024-27 --json"
)
@click.option("--version", "label", help="Its label; without it, the strategy that holds today.")
@click.option(
    "--language",
    type=click.Choice(("nb", "sv", "en")),
    default="en",
    show_default=True,
    help="The language to show it in.",
)
@as_program
@with_installation
def show(label: str | None, language: str, *, wants_json: bool) -> None:
    """Show what a version of the strategy says, a draft as well."""
    from samskap.strategy.queries import elements_of  # noqa: PLC0415

    version = _version(label)
    elements = list(elements_of(version, reader=_operators_eyes()))
    if wants_json:
        facts = _facts_of(version) | {"elements": [_said_by(each) for each in elements]}
        click.echo(as_json(facts))
        return
    state = "published" if version.is_published else "draft"
    click.echo(
        f"{version.title.in_language(language)}\n"
        f"Version {version.label}, {state}, adopted {version.adopted}, "
        f"for {version.first_year} to {version.last_year}\n"
    )
    for line in _lines(elements, language):
        click.echo(line)


@strategy.command(epilog="\b\nExample:\n  samskap strategy publish 2024-27 --yes")
@click.argument("label")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_installation
def publish(label: str, *, yes: bool) -> None:
    """Show the version LABEL to everyone, for good: it never changes after that."""
    from django.utils import timezone  # noqa: PLC0415

    from samskap.strategy.actions import publish_strategy  # noqa: PLC0415
    from samskap.trust.doers import OPERATOR  # noqa: PLC0415

    version = _version(label)
    if not yes and not version.is_published:
        click.confirm(f"Publish {label} for good?", abort=True)
    publish_strategy(version=version, by=OPERATOR, at=timezone.now())
    click.echo(f"The strategy {label} is published.")


def _version(label: str | None) -> StrategyVersion:
    """Find the version of that label, else the one that holds today, else the newest draft."""
    from django.utils import timezone  # noqa: PLC0415

    from samskap.strategy.queries import current_version, strategies_seen_by  # noqa: PLC0415

    versions = list(strategies_seen_by(_operators_eyes()))
    if not versions:
        raise ProblemError(
            "No strategy is loaded.",
            "Load one: samskap strategy load regions/NAME/strategy.yaml",
        )
    if label is None:
        return current_version(on=timezone.localdate()) or versions[0]
    found = next((version for version in versions if version.label == label), None)
    if found is None:
        known = ", ".join(version.label for version in versions)
        raise ProblemError(f"There is no strategy called {label}.", f"These are loaded: {known}.")
    return found


def _operators_eyes() -> Any:
    from django.utils import timezone  # noqa: PLC0415

    from samskap.trust.access import reader_for  # noqa: PLC0415
    from samskap.trust.doers import OPERATOR  # noqa: PLC0415

    return reader_for(OPERATOR, on=timezone.localdate())


def _facts_of(version: StrategyVersion) -> dict[str, Any]:
    return {
        "label": version.label,
        "title": version.title,
        "first_year": version.first_year,
        "last_year": version.last_year,
        "adopted": version.adopted,
        "published_at": version.published_at.isoformat() if version.published_at else None,
        "digest": version.digest,
    }


def _said_by(element: StrategyElement) -> dict[str, Any]:
    parent = element.parent
    return {
        "kind": element.kind,
        "key": element.key,
        "parent": {"kind": parent.kind, "key": parent.key} if parent else None,
        "title": element.title,
        "body": element.body,
        "attributes": element.attributes,
    }


def _lines(elements: Iterable[StrategyElement], language: str) -> Iterable[str]:
    """Yield a line for each element, its parts further in than itself."""
    depth: dict[int, int] = {}
    for element in elements:
        depth[element.pk] = depth.get(element.parent_id or 0, -1) + 1
        title = element.title.in_language(language)
        yield f"{'  ' * depth[element.pk]}{element.kind} {element.key}: {title}"
