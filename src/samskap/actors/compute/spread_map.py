"""The directory's selection on a map of the municipalities, and as a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samskap.actors.compute.directory import WHOLE_COUNTY
from samskap.actors.compute.offers import query_string
from samskap.actors.compute.spread import spread_of
from samskap.evidence.public import NothingToDrawError, map_of_places
from samskap.strategy.keys import Factor
from samskap.ui.maps import AreaLook, MapKey, MapRow, MapTable, picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.actors.compute.directory import Narrowed
    from samskap.actors.compute.selection import Selection
    from samskap.actors.compute.spread import SpreadRow
    from samskap.evidence.queries import Region
    from samskap.ui.maps import MapPicture

_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class MapDoors:
    """Where the map leads: the address of the directory, and the name of a place's page."""

    directory: str
    place_page: str


def map_of_found(narrowed: Narrowed, *, region: Region, doors: MapDoors) -> MapPicture | None:
    """Draw how many are in each municipality, with the letters of their factors.

    None when there is nothing to draw it on. One question to the database.
    """
    selection, rows = narrowed.selection, spread_of(narrowed, region)
    homes = [row for row in rows if row.place]
    try:
        ground = map_of_places(
            region.municipalities, values={row.key: float(row.total) for row in homes}
        )
    except NothingToDrawError:
        return None
    most = max(row.total for row in homes)
    return picture(
        ground,
        title=_title(homes),
        table=_table(selection, rows, doors),
        looks={row.key: _look(selection, row, most, doors) for row in homes},
        legend=_legend(most),
        key="found-map",
    )


def _title(homes: Sequence[SpreadRow]) -> str:
    there = sum(1 for row in homes if row.total)
    return ngettext(
        "They are in %(there)s of %(all)s municipality",
        "They are in %(there)s of %(all)s municipalities",
        len(homes),
    ) % {"there": there, "all": len(homes)}


def _look(selection: Selection, row: SpreadRow, most: int, doors: MapDoors) -> AreaLook:
    name = str(row.place.name) if row.place else ""
    letters = "".join(
        factor.letter for factor, count in zip(Factor, row.factors, strict=True) if count
    )
    return AreaLook(
        href=_there(selection, row.key, doors) if row.total else "",
        value=f"{row.total} {letters}".strip() if row.total else "",
        label=_label(name, row),
        css_class=f"step-{_step(row.total, most)}" if row.total else "gap",
    )


def _label(name: str, row: SpreadRow) -> str:
    counted = [
        f"{factor.label} {count}"
        for factor, count in zip(Factor, row.factors, strict=True)
        if count
    ]
    actors_there = ngettext("%(count)s actor", "%(count)s actors", row.total) % {"count": row.total}
    return f"{name}: {actors_there}" + (f" ({', '.join(counted)})" if counted else "")


def _step(total: int, most: int) -> int:
    """Return 1 to 5, in five equal parts of the way to the largest."""
    return -(-total * _STEPS // most)


def _legend(most: int) -> list[MapKey]:
    steps = [
        MapKey(f"step-{step}", f"{first}\N{EN DASH}{last}" if first < last else f"{first}")
        for step in range(1, _STEPS + 1)
        for first, last in [((step - 1) * most // _STEPS + 1, step * most // _STEPS)]
        if first <= last
    ]
    letters = [MapKey(f"factor--{each.value}", str(each.label), each.letter) for each in Factor]
    return [*steps, MapKey("gap", pgettext("on a map", "None")), *letters]


def _table(selection: Selection, rows: Sequence[SpreadRow], doors: MapDoors) -> MapTable:
    return MapTable(
        caption=_("How many there are in each place, and under each factor"),
        columns=[_("Place"), _("Actors"), *(str(factor.label) for factor in Factor)],
        rows=[
            MapRow(
                _name(row),
                [_counted(selection, row, doors), *row.factors],
                href=reverse(doors.place_page, args=[row.place.key]) if row.place else "",
            )
            for row in rows
        ],
    )


def _name(row: SpreadRow) -> str:
    if row.place:
        return str(row.place.name)
    if row.key == WHOLE_COUNTY:
        return _("The whole county")
    return _("Neighbours and national")


def _counted(selection: Selection, row: SpreadRow, doors: MapDoors) -> object:
    """Return how many there are, as a way to the list of them."""
    if not row.total:
        return row.total
    return format_html(
        '<a href="{}" aria-label="{}: {}">{}</a>',
        _there(selection, row.key, doors),
        _name(row),
        row.total,
        row.total,
    )


def _there(selection: Selection, key: str, doors: MapDoors) -> str:
    """Return the list of those of the selection that are there."""
    return f"{doors.directory}{query_string(replace(selection, places=(key,)))}"
