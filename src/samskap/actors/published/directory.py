"""The directory for the world: who is found, where, and as a file."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils import timezone

from samskap.actors import queries
from samskap.actors.compute import directory, export
from samskap.actors.compute.directory import (
    PAGE_SIZE,
    Findings,
)
from samskap.actors.compute.selection import Selection
from samskap.actors.compute.spread import SpreadRow, spread
from samskap.actors.compute.spread_map import MapDoors
from samskap.actors.compute.spread_map import map_of_found as draw_found
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from samskap.trust.access import Reader
    from samskap.ui.maps import MapPicture


def find_actors(
    selection: Selection | None = None,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    reader: Reader = PUBLIC,
    on: date | None = None,
) -> Findings:
    """Return a page of the directory, and how many each filter would find.

    Without a selection, everyone ``reader`` may see. Names stand in Norwegian order in the
    language that is active; a page past the end is the last one. Codes mean what they mean on
    ``on``, by default today. At most nine questions to the database, however many there are.
    """
    day = on or timezone.localdate()
    return directory.find(
        selection or Selection(),
        reader=reader,
        region=queries.home_region(on=day),
        on=day,
        page=page,
        size=size,
    )


def where_found(
    selection: Selection, *, reader: Reader = PUBLIC, on: date | None = None
) -> tuple[SpreadRow, ...]:
    """Return how many ``selection`` finds in each municipality; nothing before a region is loaded.

    At most six questions to the database.
    """
    day = on or timezone.localdate()
    region = queries.home_region(on=day)
    return spread(selection, reader=reader, region=region, on=day) if region else ()


def found_on_map(
    selection: Selection, *, doors: MapDoors, reader: Reader = PUBLIC, on: date | None = None
) -> tuple[Findings, MapPicture | None]:
    """Return how many ``selection`` finds, none of them named, and a map of where they are.

    There is no map before a region is loaded. At most seven questions to the database.
    """
    day = on or timezone.localdate()
    region = queries.home_region(on=day)
    narrowed = directory.narrow(selection, reader=reader, region=region, on=day)
    drawn = draw_found(narrowed, region=region, doors=doors) if region else None
    return directory.page_of(narrowed, size=0), drawn


def write_directory(
    file: IO[bytes],
    form: str,
    selection: Selection,
    *,
    reader: Reader = PUBLIC,
    on: date | None = None,
) -> None:
    """Write all that ``selection`` finds, as ``reader`` may see it: ``form`` is 'csv' or 'xlsx'."""
    day = on or timezone.localdate()
    region = queries.home_region(on=day)
    export.write(file, form, selection, reader=reader, region=region, on=day)


def how_many(*, reader: Reader = PUBLIC) -> int:
    """Return how many actors ``reader`` may see. One question to the database."""
    return queries.actors_seen_by(reader).count()
