"""The directory's selection on a map of the municipalities, and as a table that says the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samskap.actors import public as actors
from samskap.evidence import public as evidence
from samskap.portal.addresses import place_address, selection_address
from samskap.strategy.keys import Factor
from samskap.ui.maps import AreaLook, MapKey, MapRow, MapTable, picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from samskap.ui.maps import MapPicture

_STEPS: Final = 5


def map_of_found(selection: actors.Selection, *, on: date) -> MapPicture | None:
    """Draw how many are in each municipality, with the letters of their factors.

    None before a region is loaded, or when there is nothing to draw it on.
    """
    rows = actors.where_found(selection, on=on)
    homes = [row for row in rows if row.place]
    try:
        ground = evidence.map_of(
            [row.key for row in homes],
            on=on,
            values={row.key: float(row.total) for row in homes},
        )
    except evidence.NothingToDrawError:
        return None
    most = max(row.total for row in homes)
    return picture(
        ground,
        title=_title(homes),
        table=_table(selection, rows),
        looks={row.key: _look(selection, row, most) for row in homes},
        legend=_legend(most),
        key="found-map",
    )


def _title(homes: Sequence[actors.SpreadRow]) -> str:
    there = sum(1 for row in homes if row.total)
    return ngettext(
        "They are in %(there)s of %(all)s municipality",
        "They are in %(there)s of %(all)s municipalities",
        len(homes),
    ) % {"there": there, "all": len(homes)}


def _look(selection: actors.Selection, row: actors.SpreadRow, most: int) -> AreaLook:
    name = str(row.place.name) if row.place else ""
    letters = "".join(
        factor.letter for factor, count in zip(Factor, row.factors, strict=True) if count
    )
    return AreaLook(
        href=_there(selection, row.key) if row.total else "",
        value=f"{row.total} {letters}".strip() if row.total else "",
        label=_label(name, row),
        css_class=f"step-{_step(row.total, most)}" if row.total else "gap",
    )


def _label(name: str, row: actors.SpreadRow) -> str:
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


def _table(selection: actors.Selection, rows: Sequence[actors.SpreadRow]) -> MapTable:
    return MapTable(
        caption=_("How many there are in each place, and under each factor"),
        columns=[_("Place"), _("Actors"), *(str(factor.label) for factor in Factor)],
        rows=[
            MapRow(
                _name(row),
                [_counted(selection, row), *row.factors],
                href=place_address(row.place.key) if row.place else "",
            )
            for row in rows
        ],
    )


def _name(row: actors.SpreadRow) -> str:
    if row.place:
        return str(row.place.name)
    if row.key == actors.WHOLE_COUNTY:
        return _("The whole county")
    return _("Neighbours and national")


def _counted(selection: actors.Selection, row: actors.SpreadRow) -> object:
    """Return how many there are, as a way to the list of them."""
    if not row.total:
        return row.total
    return format_html(
        '<a href="{}" aria-label="{}: {}">{}</a>',
        _there(selection, row.key),
        _name(row),
        row.total,
        row.total,
    )


def _there(selection: actors.Selection, key: str) -> str:
    """Return the list of those of the selection that are there."""
    return selection_address(replace(selection, places=(key,)))
