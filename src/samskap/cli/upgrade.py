"""``samskap upgrade``: the installation at this version, with a way back."""

from __future__ import annotations

import click

from samskap.cli.backup import make_backup
from samskap.cli.doctor import all_findings
from samskap.cli.installation import Installation, database, enter, is_demo, tell
from samskap.runtime.diagnosis import explained
from samskap.runtime.problem import ProblemError

_EPILOG = """\b
Examples:
  samskap upgrade
  samskap upgrade --without-backup      # when the disk below is copied by other means
"""


@click.command(epilog=_EPILOG)
@click.option("--without-backup", is_flag=True, help="Make no backup first.")
@click.pass_context
def upgrade(ctx: click.Context, *, without_backup: bool) -> None:
    """Make a backup, bring the database up to this version, and look at everything.

    Run it after the new version is in place. The version before goes on working against the
    migrated database, so nothing need stop meanwhile; start the new one afterwards. When something
    is wrong, the last lines say how to go back.
    """
    installation = Installation.here()
    kept = "" if without_backup else str(_backup(installation))
    applied = _migrate(installation, kept)
    found = [finding for finding in all_findings(installation) if finding.is_failure]
    for finding in found:
        click.echo(f"WRONG {finding.name}: {finding.sentence}\n      {finding.remedy}")
    if found and kept:
        click.echo(_way_back(kept))
    click.echo(
        f"{applied} migrations were applied; "
        + ("see above." if found else "all is well. Start the new version: samskap up.")
    )
    ctx.exit(1 if found else 0)


def _backup(installation: Installation) -> object:
    tell("Making a backup first.")
    path, manifest = make_backup(installation)
    del manifest
    tell(f"  {path}")
    return path


def _migrate(installation: Installation, kept: str) -> int:
    from samskap.cli.migrating import migrate_as_owner  # noqa: PLC0415 - help needs no Django

    try:
        with explained(installation.folders.data), database(installation) as addresses:
            enter(installation.environment(addresses, demo=is_demo(installation)))
            return migrate_as_owner(tell)
    except Exception as failed:
        raise ProblemError(
            f"The database could not be migrated: {failed}",
            _way_back(kept) if kept else "Mend the reason, and run samskap upgrade again.",
        ) from failed


def _way_back(kept: str) -> str:
    return (
        "To go back: put the version before in place, then samskap restore"
        f" {kept} --replace. Each migration is whole or not at all, so you may also mend the"
        " reason and run samskap upgrade again."
    )
