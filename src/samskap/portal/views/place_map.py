"""A place on a map of what lies around it, and the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samskap.evidence.public import Level
from samskap.portal.addresses import place_address
from samskap.ui.maps import AreaLook, MapKey, MapRow, MapTable, picture

if TYPE_CHECKING:
    from samskap.actors.public import Around, PlacePage
    from samskap.ui.maps import MapPicture


def map_of_place(page: PlacePage) -> MapPicture | None:
    """Draw a place with its neighbours and those it goes together with; none without a ground."""
    if page.ground is None:
        return None
    return picture(
        page.ground,
        title=_title(page),
        table=MapTable(
            caption=_("What is on the map"),
            columns=[_("Place"), _("What it is here"), _("Actors we know")],
            rows=[
                MapRow(str(each.place.name), [_what(each), each.count], _href(page, each))
                for each in page.around
            ],
        ),
        looks={each.place.key: _look(page, each) for each in page.around},
        legend=_legend(page),
        key="place-map",
    )


def _title(page: PlacePage) -> str:
    name = page.place.name
    if page.level in {Level.SUB_REGION, Level.LABOUR_MARKET_REGION, Level.COUNTY}:
        number = sum(each.is_here for each in page.around)
        return ngettext(
            "%(place)s is %(count)s municipality",
            "%(place)s is %(count)s municipalities",
            number,
        ) % {"place": name, "count": number}
    if page.neighbours:
        number = len(page.neighbours)
        return ngettext(
            "%(place)s and its %(count)s neighbour",
            "%(place)s and its %(count)s neighbours",
            number,
        ) % {"place": name, "count": number}
    return _("Where %(place)s is") % {"place": name}


def _look(page: PlacePage, around: Around) -> AreaLook:
    counted = ngettext("%(count)s actor", "%(count)s actors", around.count)
    return AreaLook(
        href=_href(page, around),
        value=str(around.count),
        label=f"{around.place.name}: {_what(around)}, {counted % {'count': around.count}}",
        css_class=_colour(around),
    )


def _href(page: PlacePage, around: Around) -> str:
    return "" if around.place.key == page.place.key else place_address(around.place.key)


def _colour(around: Around) -> str:
    if around.is_here:
        return "here"
    return "step-2" if around.groups else "home"


def _what(around: Around) -> str:
    """Say what a place is to the one the page is about."""
    if around.is_here:
        return pgettext("on a map", "here")
    said = [_within_same({each.level for each in around.groups})] if around.groups else []
    if around.is_neighbour:
        said.append(pgettext("on a map", "neighbour"))
    return ", ".join(said)


def _within_same(levels: set[str]) -> str:
    if levels == {Level.SUB_REGION}:
        return pgettext("on a map", "same sub-region")
    if levels == {Level.LABOUR_MARKET_REGION}:
        return pgettext("on a map", "same labour-market region")
    return pgettext("on a map", "same sub-region and labour-market region")


def _legend(page: PlacePage) -> list[MapKey]:
    seen = {_colour(each) for each in page.around}
    keys = [
        MapKey("here", str(page.place.name)),
        MapKey("step-2", _("Goes together with it: %(groups)s") % {"groups": _groups(page)}),
        MapKey("home", pgettext("on a map", "Neighbour")),
    ]
    return [key for key in keys if key.css_class in seen]


def _groups(page: PlacePage) -> str:
    return ", ".join(str(each.name) for each in page.groups)
