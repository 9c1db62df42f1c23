"""``samskap up``: a region served on this machine."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from samskap.cli import fingerprints
from samskap.cli.installation import PROJECT, Installation, Memory, enter, short, tell
from samskap.cli.serving import TICK_S, claimed, running, stopping_on_signals
from samskap.runtime.backups import schemas, staging
from samskap.runtime.diagnosis import explained
from samskap.runtime.keeping import kept
from samskap.runtime.ports import HOST, require_free_port
from samskap.runtime.problem import ProblemError
from samskap.runtime.services import end_left_behind

if TYPE_CHECKING:
    from samskap.cli.serving import Running

DEFAULT_PORT: Final = 8000
_EPILOG: Final = """\b
Examples:
  samskap up --demo
  samskap up --port 8001 --region regions/ostfold
"""


@click.command(epilog=_EPILOG)
@click.option("--demo", is_flag=True, help="With invented people and firms, on every page marked.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Where to serve, on this machine alone.",
)
@click.option(
    "--region",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The region's folder; the one served last, or the only one there is, if left out.",
)
def up(*, demo: bool, port: int, region: Path | None) -> None:
    """Serve a region on this machine until Ctrl-C.

    Starts the database, the web server and the worker, brings the database up to this version and
    loads the region when it has changed. Everything that was started ends with this command.
    """
    _speak_plainly()
    installation = Installation.here()
    try:
        with (
            explained(installation.folders.data),
            stopping_on_signals(),
            claimed(installation),
        ):
            _serve(installation, demo=demo, port=port, region=region)
    except KeyboardInterrupt:
        click.echo("\nStopped.")


def _serve(installation: Installation, *, demo: bool, port: int, region: Path | None) -> None:
    if end_left_behind(installation.folders.data):
        tell("Ended what an earlier run had left behind.")
    if staging.finish(installation.folders.data):
        tell("Finished a restore that had been cut short.")
    require_free_port(port)
    folder = region_folder(installation, region)
    with running(installation) as all_of_it:
        _prepare(all_of_it, folder, demo=demo)
        _speak_plainly()
        all_of_it.serve(port=port, demo=demo)
        installation.remember(Memory(demo=demo, region=short(folder), port=port))
        click.echo(_closing_lines(installation, port=port, demo=demo))
        while True:
            all_of_it.tend()
            time.sleep(TICK_S)


def _speak_plainly() -> None:
    """Let what is logged here be read by a person; Django's settings say otherwise, for servers."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", force=True)


def region_folder(installation: Installation, chosen: Path | None) -> Path:
    """Choose the region's folder: the one asked for, the one served last, or the only one.

    Raises
    ------
    ProblemError
        There is none, or more than one and none was asked for.
    """
    if chosen is not None:
        return chosen.resolve()
    last = installation.memory.region
    if last and (PROJECT / last).is_dir():
        return PROJECT / last
    found = sorted(path.parent for path in (PROJECT / "regions").glob("*/region.yaml"))
    if len(found) == 1:
        return found[0]
    what = "There are several regions here" if found else "There is no region here"
    raise ProblemError(f"{what}.", "Say which: samskap up --region regions/NAME.")


def _prepare(all_of_it: Running, region: Path, *, demo: bool) -> None:
    """Migrate and load, unless the database says that nothing has changed."""
    installation, addresses = all_of_it.installation, all_of_it.addresses
    if not installation.has_own_server:
        schemas.require_whole(addresses.owner)
    wanted = fingerprints.of_this_version(region, demo=demo)
    before = fingerprints.recorded(addresses.owner)
    lacks_passwords = demo and not kept(installation.demo_passwords_file)
    if before == wanted and not lacks_passwords:
        return
    enter(installation.environment(addresses, demo=demo))
    from samskap.cli.preparation import (  # noqa: PLC0415 - needs Django, and time
        InventedThingsError,
        has_region,
        prepare,
    )

    is_region_new = lacks_passwords or before.region != wanted.region
    try:
        prepare(installation, region, demo=demo, is_region_new=is_region_new)
    except InventedThingsError:
        raise
    except ProblemError as problem:
        # A slip in a file must not take down a site that has a region to show.
        if not has_region():
            raise
        tell(f"{problem}\nServing what was loaded before.")
        return
    fingerprints.record(addresses.owner, wanted)


def _closing_lines(installation: Installation, *, port: int, demo: bool) -> str:
    lines = ["", f"Samskap serves on http://{HOST}:{port}"]
    if demo:
        lines += ["", "A demonstration. Sign in as one of these invented people:"]
        passwords = kept(installation.demo_passwords_file)
        width = max((len(email) for email in passwords), default=0)
        lines += [f"  {email:<{width}}  {password}" for email, password in passwords.items()]
    lines += [
        "",
        f"Data and logs: {installation.folders.data}",
        "Ctrl-C stops everything.",
    ]
    return "\n".join(lines)
