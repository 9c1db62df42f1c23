"""Making a database ready to serve a region: migrations, the region's data, the demonstration's."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections, transaction
from django.utils import timezone

from samskap.actors.actions import gather_sub_regions, load_actors, load_invented_world
from samskap.actors.compute.layout import lay_out
from samskap.actors.demonstration import read_world
from samskap.actors.drawing import ask_for_layout
from samskap.actors.queries import parties_of_examples
from samskap.actors.reading import read_actors
from samskap.cli.installation import tell
from samskap.cli.migrating import migrate_as_owner
from samskap.evidence.actions import load_places
from samskap.evidence.reading import read_places
from samskap.kernel.documents import UnreadableDocumentError
from samskap.runtime.keeping import keep, kept
from samskap.runtime.problem import ProblemError
from samskap.strategy.actions import load_region, load_strategy, publish_strategy
from samskap.strategy.public import versions
from samskap.strategy.reading import read_region, read_strategy
from samskap.trust import audit
from samskap.trust.actions import found_partnership, make_demo_accounts
from samskap.trust.checks import REMEDY, invented_things
from samskap.trust.demo import make_password, read_people
from samskap.trust.doers import OPERATOR
from samskap.trust.models.audit import Door

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from samskap.cli.installation import Installation
    from samskap.evidence.facts import Geography


class InventedThingsError(ProblemError):
    """There are invented people or firms here, and nobody said that this is a demonstration."""


def prepare(installation: Installation, region: Path, *, demo: bool, is_region_new: bool) -> None:
    """Migrate; load the region if it is new or has changed; invent people and firms if asked to.

    Raises
    ------
    ProblemError
        The folder has faults, each of which has been told, or the installation is another's.
        Nothing of the folder was loaded then.
    InventedThingsError
        Something here is invented, and this is not a demonstration.
    """
    try:
        migrate_as_owner(tell)
        if not demo and invented_things():
            raise InventedThingsError(
                "There is demonstration data here, and this is not a demonstration.", REMEDY
            )
        if is_region_new:
            tell(f"Loading the region in {region}.")
            with audit.through(Door.CLI), _told(), transaction.atomic():
                _load(installation, region, demo=demo, at=timezone.now())
        elif demo:
            with audit.through(Door.CLI), _told(), transaction.atomic():
                _let_in_the_invented(installation, region / "demo", at=timezone.now())
            lay_out(at=timezone.now())
        elif has_region():
            ask_for_layout()
    finally:
        connections.close_all()


def has_region() -> bool:
    """Whether there is a region to serve already."""
    try:
        return bool(versions())
    finally:
        connections.close_all()


def _load(installation: Installation, region: Path, *, demo: bool, at: datetime) -> None:
    load_region(facts=read_region(region / "region.yaml"), by=OPERATOR, at=at)
    found_partnership(by=OPERATOR, at=at)
    geography = read_places(region / "places.yaml")
    load_places(geography=geography, by=OPERATOR, at=at)
    gather_sub_regions(by=OPERATOR, at=at)
    _load_strategy(region / "strategy.yaml", at=at)
    roster = read_actors(region / "actors.yaml", places=geography.places)
    load_actors(roster=roster, by=OPERATOR, at=at)
    if demo:
        _load_demonstration(installation, region / "demo", geography, at=at)


def _load_strategy(path: Path, *, at: datetime) -> None:
    """Load the strategy; the first one is shown at once, a later one when somebody says so."""
    is_first = not versions()
    version = load_strategy(facts=read_strategy(path), by=OPERATOR, at=at)
    if is_first:
        publish_strategy(version=version, by=OPERATOR, at=at)
    elif not version.is_published:
        tell(f"The strategy {version.label} is loaded as a draft, for the secretariat to publish.")


def _load_demonstration(
    installation: Installation, folder: Path, geography: Geography, *, at: datetime
) -> None:
    roster = read_actors(folder / "actors.yaml", places=geography.places)
    load_actors(roster=roster, by=OPERATOR, at=at, demo=True)
    if (folder / "world.yaml").exists():
        invented = {facts.slug for facts in roster.actors}
        world = read_world(folder / "world.yaml", actors=invented)
        load_invented_world(world=world, by=OPERATOR, at=at)
    _let_in_the_invented(installation, folder, at=at)


def _let_in_the_invented(installation: Installation, folder: Path, *, at: datetime) -> None:
    """Make the accounts as the folder has them today; who is no longer in it is let in no more."""
    people = read_people(folder / "people.yaml")
    before = kept(installation.demo_passwords_file)
    passwords = {
        person.email: str(before.get(person.email) or make_password()) for person in people
    }
    make_demo_accounts(
        people=people,
        parties=parties_of_examples(),
        passwords=passwords,
        no_longer=before.keys() - passwords.keys(),
        by=OPERATOR,
        at=at,
    )
    keep(installation.demo_passwords_file, passwords)


@contextmanager
def _told() -> Iterator[None]:
    """Tell what is wrong with the folder, all of it, before giving up."""
    try:
        yield
    except UnreadableDocumentError as error:
        for fault in error.faults:
            tell(str(fault))
        many = len(error.faults)
        raise ProblemError(
            f"The region's folder has {many} fault{'s' if many > 1 else ''}; see above.",
            "Nothing was loaded. Put them right and run the same command again.",
        ) from error
