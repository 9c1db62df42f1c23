"""``samskap migrate``: the database at this version."""

from __future__ import annotations

import click

from samskap.cli.installation import Installation, database, enter, is_demo, tell
from samskap.runtime.diagnosis import explained


@click.command(epilog="\b\nExample:\n  samskap migrate")
def migrate() -> None:
    """Bring the database up to this version, as its owner.

    The application's role gets its rights anew. Harmless when there is nothing to do.
    """
    from samskap.cli.migrating import migrate_as_owner  # noqa: PLC0415 - help needs no Django

    installation = Installation.here()
    with explained(installation.folders.data), database(installation) as addresses:
        enter(installation.environment(addresses, demo=is_demo(installation)))
        applied = migrate_as_owner(tell)
    click.echo(f"{applied} migrations were applied." if applied else "There was nothing to do.")
