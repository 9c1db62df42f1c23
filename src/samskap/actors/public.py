"""What the world may see of the actors: the directory, one actor, and the coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from samskap.actors import queries
from samskap.actors.compute import coverage as coverage_of
from samskap.actors.compute import directory
from samskap.actors.compute.coverage import Coverage, CoverageRow, FactorGap, Gap, Nearness
from samskap.actors.compute.directory import (
    BEYOND,
    PAGE_SIZE,
    WHOLE_COUNTY,
    Facets,
    Findings,
)
from samskap.actors.compute.lines import ActorLine, ActorSheet, Reason, sheet_of
from samskap.actors.compute.selection import Selection, in_address, selection_in
from samskap.actors.models import ActorKind
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from samskap.trust.access import Reader

__all__ = [
    "BEYOND",
    "PAGE_SIZE",
    "WHOLE_COUNTY",
    "ActorKind",
    "ActorLine",
    "ActorSheet",
    "Coverage",
    "CoverageRow",
    "Facets",
    "FactorGap",
    "Findings",
    "Gap",
    "Nearness",
    "Reason",
    "Selection",
    "actor",
    "coverage",
    "find_actors",
    "how_many",
    "in_address",
    "selection_in",
]


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
    ``on``, by default today. At most eight questions to the database, however many there are.
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


def how_many(*, reader: Reader = PUBLIC) -> int:
    """Return how many actors ``reader`` may see. One question to the database."""
    return queries.actors_seen_by(reader).count()


def actor(slug: str, *, reader: Reader = PUBLIC) -> ActorSheet | None:
    """Return one actor by its key in addresses; none when ``reader`` may not see it."""
    seen = queries.with_details(queries.actors_seen_by(reader), reader=reader)
    found = seen.filter(slug=slug).first()
    return sheet_of(found) if found else None


def coverage(*, reader: Reader = PUBLIC, on: date | None = None) -> Coverage | None:
    """Return which factors are present where; none before a region is loaded.

    At most seven questions to the database, however many actors there are.
    """
    region = queries.home_region(on=on or timezone.localdate())
    return coverage_of.cover(reader=reader, region=region) if region else None
