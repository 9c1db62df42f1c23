"""``samskap init``: an empty installation of a region."""

from __future__ import annotations

from pathlib import Path

import click

from samskap.cli import fingerprints
from samskap.cli.installation import Installation, Memory, database, enter, short, tell
from samskap.runtime.diagnosis import explained


@click.command(epilog="\b\nExample:\n  samskap init regions/ostfold")
@click.argument("region", type=click.Path(exists=True, file_okay=False, path_type=Path))
def init(region: Path) -> None:
    """Make an installation of REGION, a region's folder: strategy, places, actors and no people.

    Run again, it loads what has changed in the folder. An installation of another region is left
    as it is.
    """
    installation = Installation.here()
    with (
        explained(installation.folders.data),
        database(installation, may_make=True) as addresses,
    ):
        enter(installation.environment(addresses, demo=False))
        from samskap.cli.preparation import prepare  # noqa: PLC0415 - needs Django

        folder = region.resolve()
        wanted = fingerprints.of_this_version(folder, demo=False)
        prepare(installation, folder, demo=False, is_region_new=True)
        fingerprints.record(addresses.owner, wanted)
        port = installation.memory.port
        installation.remember(Memory(demo=False, region=short(folder), port=port))
    tell(f"The installation is in {installation.folders.data}. Serve it with samskap up.")
