"""The map of the gaps: how many of the five factors each municipality has, and which it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.links import list_of
from samskap.evidence.public import NothingToDrawError, map_of_places
from samskap.kernel.text import inside_a_sentence
from samskap.strategy.keys import Factor
from samskap.ui.maps import AreaLook, MapKey, MapRow, MapTable, picture

if TYPE_CHECKING:
    from samskap.actors.compute.balance.links import Doors
    from samskap.actors.compute.balance.overview import Overview
    from samskap.actors.compute.coverage import CoverageRow
    from samskap.evidence.queries import Region
    from samskap.ui.maps import MapPicture

_ALL: Final = len(Factor)


def map_of_gaps(found: Overview, region: Region, doors: Doors) -> MapPicture | None:
    """Draw what each municipality lacks; none when there is nothing to draw it on.

    One question to the database.
    """
    rows = [row for row in found.balance.municipalities if row.place]
    try:
        ground = map_of_places(region.municipalities)
    except NothingToDrawError:
        return None
    return picture(
        ground,
        title=_title(rows),
        table=MapTable(
            caption=_("What each municipality has and lacks"),
            columns=[_("Municipality"), _("Factors it has"), _("Factors it lacks")],
            rows=[
                MapRow(_name(row), [_ALL - len(row.missing), _lacks(row)], _href(found, doors, row))
                for row in rows
            ],
        ),
        looks={
            row.key: AreaLook(
                href=_href(found, doors, row),
                value="".join(factor.letter for factor in row.missing),
                label=_label(row),
                css_class=_colour(row),
            )
            for row in rows
        },
        legend=_legend(rows),
        key="gap-map",
    )


def _title(rows: list[CoverageRow]) -> str:
    most = max(rows, key=lambda row: len(row.missing), default=None)
    if most is None or not most.missing:
        return _("Every municipality has all five factors")
    worst = [_name(row) for row in rows if len(row.missing) == len(most.missing)]
    return ngettext(
        "%(places)s lacks most: %(count)s of the five factors",
        "%(places)s lack most: %(count)s of the five factors each",
        len(worst),
    ) % {"places": words.listed(worst), "count": len(most.missing)}


def _name(row: CoverageRow) -> str:
    return str(row.place.name) if row.place else ""


def _lacks(row: CoverageRow) -> str:
    missing = [inside_a_sentence(factor.label) for factor in row.missing]
    return words.listed(missing) or pgettext("factors a municipality lacks", "none")


def _label(row: CoverageRow) -> str:
    if not row.missing:
        return _("%(place)s has all five factors") % {"place": _name(row)}
    return _("%(place)s lacks %(what)s") % {"place": _name(row), "what": _lacks(row)}


def _colour(row: CoverageRow) -> str:
    has = _ALL - len(row.missing)
    return f"step-{has}" if has else "gap"


def _href(found: Overview, doors: Doors, row: CoverageRow) -> str:
    return list_of(doors, found.scope, sum(row.counts), places=row.key)


def _legend(rows: list[CoverageRow]) -> list[MapKey]:
    seen = sorted({_ALL - len(row.missing) for row in rows}, reverse=True)
    steps = [MapKey(f"step-{has}" if has else "gap", _of_five(has)) for has in seen]
    lacked = {factor for row in rows for factor in row.missing}
    letters = [
        MapKey(
            f"factor--{factor.value}",
            _("lacks %(factor)s") % {"factor": inside_a_sentence(factor.label)},
            factor.letter,
        )
        for factor in Factor
        if factor in lacked
    ]
    return [*steps, *letters]


def _of_five(has: int) -> str:
    if not has:
        return _("No factor")
    return _("%(count)s of five factors") % {"count": has}
