"""What ``samskap actors`` does with the files of a region folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from samskap.actors.actions import NotADemonstrationError, load_actors
from samskap.actors.compute.lines import line_of
from samskap.actors.queries import actors_seen_by, for_lines
from samskap.actors.reading import check_actors, read_actors
from samskap.cli.installation import tell
from samskap.evidence.reading import read_places
from samskap.kernel.documents import UnreadableDocumentError, read_document
from samskap.runtime.problem import ProblemError
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from pathlib import Path

    from samskap.evidence.facts import PlaceFacts
    from samskap.kernel.documents import Fault
    from samskap.kernel.loading import Loaded


def faults_of(file: Path) -> list[Fault]:
    """Return everything that is wrong with a file of actors, by line."""
    try:
        return check_actors(read_document(file), places=_places_beside(file))
    except UnreadableDocumentError as unreadable:
        return list(unreadable.faults)


def loaded_from(file: Path) -> Loaded:
    """Bring the actors of a file in.

    Raises
    ------
    ProblemError
        The file has faults, each of which has been told, or is a demonstration's and this is none.
    """
    try:
        roster = read_actors(file, places=_places_beside(file))
        return load_actors(roster=roster, by=OPERATOR, at=timezone.now(), demo=settings.DEMO)
    except UnreadableDocumentError as unreadable:
        for fault in unreadable.faults:
            tell(str(fault))
        many = len(unreadable.faults)
        raise ProblemError(
            f"{file} has {many} fault{'s' if many > 1 else ''}; see above.",
            "Nothing was loaded. Put them right and run the same command again.",
        ) from unreadable
    except NotADemonstrationError as invented:
        raise ProblemError(
            f"{file} is about invented actors, and this is not a demonstration.",
            "Nothing was loaded. samskap up --demo makes a demonstration.",
        ) from invented


def every_actor() -> list[dict[str, Any]]:
    """Return what a list says of every actor, in Norwegian order."""
    reader = reader_for(OPERATOR, on=timezone.localdate())
    lines = [line_of(actor) for actor in for_lines(actors_seen_by(reader))]
    return [
        {
            "key": line.slug,
            "name": str(line.name),
            "kind": line.kind.value,
            "organisation_number": line.organisation_number,
            "factors": [factor.value for factor in line.factors],
            "place": line.place.key,
            "is_demo": line.is_demo,
        }
        for line in lines
    ]


def _places_beside(file: Path) -> tuple[PlaceFacts, ...] | None:
    """Return the places of the region folder that ``file`` is in, if it is in one."""
    for folder in file.resolve().parents[:2]:
        if (folder / "places.yaml").exists():
            return read_places(folder / "places.yaml").places
    return None
