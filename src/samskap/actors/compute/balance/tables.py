"""The tables and bars of a balance: each number with the list it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.links import list_of
from samskap.actors.compute.directory import WHOLE_COUNTY
from samskap.actors.models import ActorKind, Size
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from samskap.actors.compute.balance.links import Doors
    from samskap.actors.compute.balance.overview import Overview
    from samskap.actors.compute.balance.weighing import GroupRow
    from samskap.actors.compute.coverage import CoverageRow


@dataclass(frozen=True, slots=True)
class Cell:
    """How many there are of a factor in a place; ``href`` is '' where no list says just that."""

    factor: Factor
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One place, what lies within it, and its five cells.

    ``key`` is what means it in an address; '' for what is no one place.
    """

    name: str
    key: str
    within: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The same count by municipality, by sub-region and by labour-market region."""

    municipalities: tuple[Row, ...]
    wider: tuple[Row, ...]
    sub_regions: tuple[Row, ...]
    labour_market_regions: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of several; ``length`` is its part of the longest, 0 to 100."""

    label: str
    count: int
    length: int
    href: str
    factor: Factor | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers that belong together, and what is thin among them in a sentence."""

    key: str
    title: str
    sentence: str
    note: str
    bars: tuple[Bar, ...]


def tables(found: Overview, doors: Doors) -> Tables:
    """Lay the balance out as tables."""
    balance = found.balance
    return Tables(
        municipalities=tuple(_row(found, doors, row) for row in balance.municipalities),
        wider=tuple(_row(found, doors, row) for row in (balance.whole_county, balance.beyond)),
        sub_regions=_groups(found, doors, balance.sub_regions),
        labour_market_regions=_groups(found, doors, balance.labour_market_regions),
    )


def _row(found: Overview, doors: Doors, row: CoverageRow) -> Row:
    key = row.place.key if row.place else ""
    return Row(row_name(row), key, "", _cells(found, doors, row.key, row.counts))


def row_name(row: CoverageRow) -> str:
    """Write what a row of the table is called."""
    if row.key == WHOLE_COUNTY:
        return _("The whole county")
    return str(row.place.name) if row.place else _("Neighbours and national")


def _groups(found: Overview, doors: Doors, rows: Iterable[GroupRow]) -> tuple[Row, ...]:
    return tuple(
        Row(
            str(row.place.name),
            row.place.key,
            words.listed(place.name for place in row.members),
            _cells(found, doors, row.place.key, row.counts),
        )
        for row in rows
    )


def _cells(found: Overview, doors: Doors, key: str, counts: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            factor,
            count,
            list_of(doors, found.scope, count, factors=factor.value, places=key),
        )
        for factor, count in zip(Factor, counts, strict=True)
    )


# Bars ---------------------------------------------------------------------------------------------
def bars(found: Overview, doors: Doors) -> tuple[Bars, ...]:
    """Return the factors, the sides, the sizes and the kinds as bars."""
    return (
        _factors(found, doors),
        _sides(found, doors),
        _sizes(found, doors),
        _kinds(found, doors),
    )


def _factors(found: Overview, doors: Doors) -> Bars:
    counts = found.balance.factors
    most = max(count for _factor, count in counts)
    return Bars(
        key="factors",
        title=_("The five factors"),
        sentence=words.thin([(factor.label, count) for factor, count in counts]),
        note=_("One that counts under two factors is counted twice."),
        bars=tuple(
            Bar(
                str(factor.label),
                count,
                _length(count, most),
                list_of(doors, found.scope, count, factors=factor.value),
                factor,
            )
            for factor, count in counts
        ),
    )


def _sides(found: Overview, doors: Doors) -> Bars:
    balance = found.balance
    counts = [(str(side.label), str(side), count) for side, count in balance.sides]
    return Bars(
        key="sides",
        title=_("Tripartite cooperation"),
        sentence=words.thin([(label, count) for label, _key, count in counts]),
        note=_("On no side: %(count)s.") % {"count": balance.without_side},
        bars=_told(found, doors, "sides", counts),
    )


def _sizes(found: Overview, doors: Doors) -> Bars:
    sizes = [(size, count) for size, count in found.balance.firms if size != Size.UNKNOWN]
    unknown = dict(found.balance.firms)[Size.UNKNOWN]
    counts = [(str(size.label), str(size), count) for size, count in sizes]
    return Bars(
        key="sizes",
        title=_("Companies by size"),
        sentence=words.thin([(label, count) for label, _key, count in counts]),
        note=_("Size not known: %(count)s.") % {"count": unknown},
        bars=_told(found, doors, "sizes", counts, kinds=ActorKind.COMPANY.value),
    )


def _kinds(found: Overview, doors: Doors) -> Bars:
    counts = [(str(kind.label), str(kind), count) for kind, count in found.balance.kinds]
    counts.sort(key=lambda each: -each[2])
    return Bars(
        key="kinds",
        title=_("Kinds of organisation"),
        sentence=words.thin([(label, count) for label, _key, count in counts]),
        note="",
        bars=_told(found, doors, "kinds", [each for each in counts if each[2]]),
    )


def _told(
    found: Overview,
    doors: Doors,
    field: str,
    counts: Sequence[tuple[str, str, int]],
    **more: str,
) -> tuple[Bar, ...]:
    most = max((count for _label, _key, count in counts), default=0)
    return tuple(
        Bar(
            label,
            count,
            _length(count, most),
            list_of(doors, found.scope, count, **{field: key}, **more),
        )
        for label, key, count in counts
    )


def _length(count: int, most: int) -> int:
    return round(100 * count / most) if most else 0
