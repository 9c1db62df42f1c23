"""``samskap doctor``: what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from samskap.cli.database_findings import findings_of_the_database
from samskap.cli.findings import Finding, failed, findings_of_the_machine
from samskap.cli.installation import Installation, as_json, database, enter, is_demo
from samskap.runtime.diagnosis import explained
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.cli.installation import Addresses

_MARKS = {"ok": "ok    ", "failed": "WRONG "}


@click.command(epilog="\b\nExamples:\n  samskap doctor\n  samskap doctor --json")
@click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
@click.pass_context
def doctor(ctx: click.Context, *, wants_json: bool) -> None:
    """Look at everything an installation stands on: what is wrong, and what to do about it.

    Changes nothing. Exits with 1 when something is wrong.
    """
    found = list(all_findings(Installation.here()))
    is_well = not any(finding.is_failure for finding in found)
    if wants_json:
        facts = {"is_well": is_well, "findings": [asdict(finding) for finding in found]}
        click.echo(as_json(facts))
    else:
        for finding in found:
            click.echo(_lines_of(finding))
    ctx.exit(0 if is_well else 1)


def all_findings(installation: Installation) -> Iterator[Finding]:
    """Look at the machine, then the database, then what is in it, as far as one gets."""
    yield from findings_of_the_machine(installation)
    if not installation.is_begun:
        sentence = f"There is no database in {installation.folders.data} yet."
        yield failed("database", sentence, "Make one: samskap init regions/NAME, or samskap up.")
        return
    try:
        with explained(installation.folders.data), database(installation) as addresses:
            yield from _findings_inside(installation, addresses)
    except ProblemError as problem:
        yield failed("database", problem.sentence, problem.remedy)


def _findings_inside(installation: Installation, addresses: Addresses) -> Iterator[Finding]:
    found = list(findings_of_the_database(addresses))
    yield from found
    if found[0].is_failure:
        return
    try:
        enter(installation.environment(addresses, demo=is_demo(installation)))
    except ProblemError as problem:
        yield failed("settings", problem.sentence, problem.remedy)
        return
    from django.db import connections  # noqa: PLC0415

    from samskap.cli.content_findings import findings_of_the_contents  # noqa: PLC0415
    from samskap.cli.log_findings import sealing  # noqa: PLC0415

    try:
        contents = list(findings_of_the_contents())
        yield from contents
        if not contents[0].is_failure:
            yield sealing(installation)
    finally:
        connections.close_all()


def _lines_of(finding: Finding) -> str:
    line = f"{_MARKS[finding.state]} {finding.name}: {finding.sentence}"
    return f"{line}\n       {finding.remedy}" if finding.remedy else line
