"""Count actors by factor and place, by side, by size and by kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count

from samskap.actors.compute.coverage import CoverageRow
from samskap.actors.compute.coverage import rows_of as rows_by_place
from samskap.actors.models import ActorKind, Size
from samskap.actors.queries.spread import standings
from samskap.evidence.public import PublishedPlace, publish_place
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from samskap.actors.models import Actor
    from samskap.evidence.models import Place
    from samskap.evidence.queries import Region

# Which kinds are firms: their size says whether small and large are heard alike.
FIRMS: Final = frozenset({ActorKind.COMPANY})


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The actors of a sub-region or a labour-market region: of its municipalities, and its own.

    ``counts`` are in the order of the balance's factors, ``missing`` the factors without any.
    """

    place: PublishedPlace
    members: tuple[PublishedPlace, ...]
    counts: tuple[int, ...]
    missing: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """Who is here, counted.

    An actor counts once under each of its factors, so the factors may add up to more than
    ``actors``. ``sides`` leave out those that have none, ``without_side``; ``firms`` are the
    companies among them by size, in the order of ``Size``. ``municipalities``, ``sub_regions`` and
    ``labour_market_regions`` stand in Norwegian order; an actor of a whole sub-region counts there
    and in no municipality.
    """

    actors: int
    factors: tuple[tuple[Factor, int], ...]
    sides: tuple[tuple[Side, int], ...]
    without_side: int
    kinds: tuple[tuple[ActorKind, int], ...]
    firms: tuple[tuple[Size, int], ...]
    municipalities: tuple[CoverageRow, ...]
    sub_regions: tuple[GroupRow, ...]
    labour_market_regions: tuple[GroupRow, ...]
    whole_county: CoverageRow
    beyond: CoverageRow

    @property
    def missing_factors(self) -> tuple[Factor, ...]:
        """The factors that nobody counts under, wherever."""
        return tuple(factor for factor, count in self.factors if not count)

    @property
    def missing_sides(self) -> tuple[Side, ...]:
        """The sides of working life that nobody is on."""
        return tuple(side for side, count in self.sides if not count)


def weigh(actors: QuerySet[Actor], region: Region) -> Balance:
    """Count ``actors``. Two questions to the database, however many they are."""
    counted = {(Factor(each.factor), each.place): each.count for each in standings(actors)}
    table = actors.order_by().values_list("kind", "side", "size").annotate(count=Count("pk"))
    return balance_of(counted, table, region, members_within(region))


def members_within(region: Region) -> dict[int, frozenset[int]]:
    """Return the municipalities of each group of the region's, by database keys."""
    return dict(region.members)


def balance_of(
    counted: Mapping[tuple[Factor, int], int],
    table: Iterable[tuple[str, str, str, int]],
    region: Region,
    members: Mapping[int, frozenset[int]],
) -> Balance:
    """Lay counts out as a balance. No question to the database.

    ``counted`` is how many count under a factor in a place; ``table`` how many there are of each
    kind, side and size; ``members`` what lies within each group of the region.
    """
    rows = rows_by_place(counted, region)
    kinds, sides, sizes, total = _counted(table)
    return Balance(
        actors=total,
        factors=tuple(
            (factor, sum(row.counts[at] for row in rows)) for at, factor in enumerate(Factor)
        ),
        sides=tuple((side, sides[side]) for side in Side),
        without_side=sides[""],
        kinds=tuple((kind, kinds[kind]) for kind in ActorKind),
        firms=tuple((size, sizes[size]) for size in Size),
        municipalities=rows[:-2],
        sub_regions=_groups(region.sub_regions, counted, members, region),
        labour_market_regions=_groups(region.labour_market_regions, counted, members, region),
        whole_county=rows[-2],
        beyond=rows[-1],
    )


def _counted(
    table: Iterable[tuple[str, str, str, int]],
) -> tuple[Counter[str], Counter[str], Counter[str], int]:
    """Return how many there are of each kind, on each side, of firms of each size, and in all."""
    kinds, sides, sizes, total = Counter[str](), Counter[str](), Counter[str](), 0
    for kind, side, size, count in table:
        kinds[kind] += count
        sides[side] += count
        sizes[size] += count if kind in FIRMS else 0
        total += count
    return kinds, sides, sizes, total


def _groups(
    places: Iterable[Place],
    counted: Mapping[tuple[Factor, int], int],
    members: Mapping[int, frozenset[int]],
    region: Region,
) -> tuple[GroupRow, ...]:
    published = {place.pk: publish_place(place) for place in region.municipalities}
    rows = []
    for place in places:
        inside = members[place.pk] | {place.pk}
        counts = tuple(
            sum(count for (of, where), count in counted.items() if of == factor and where in inside)
            for factor in Factor
        )
        rows.append(
            GroupRow(
                place=publish_place(place),
                members=tuple(each for key, each in published.items() if key in inside),
                counts=counts,
                missing=tuple(factor for factor, n in zip(Factor, counts, strict=True) if not n),
            )
        )
    return tuple(rows)
