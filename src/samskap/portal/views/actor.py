"""An actor's own page: who they are, how they hang together with others, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.evidence import public as evidence
from samskap.kernel.identifiers import Country
from samskap.portal.addresses import directory_address
from samskap.strategy import public as strategy
from samskap.ui.maps import AreaLook, MapKey, MapPoint, MapRow, MapTable, picture
from samskap.ui.marks import MARKS

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from samskap.strategy.keys import Factor
    from samskap.ui.maps import MapPicture

_NORWEGIAN_REGISTER: Final = "https://virksomhet.brreg.no/nb/oppslag/enheter/{}"
_NOTHING: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many there are of a factor in the actor's place, and the list of them."""

    factor: Factor
    count: int
    href: str


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who an actor is; the address of one that was merged leads to the one that was kept."""
    today = timezone.localdate()
    page = actors.actor_page(slug, on=today)
    if page is None:
        kept = actors.moved_to(slug)
        if kept is None:
            raise Http404(slug)
        return redirect("portal:actor", kept, permanent=True)
    whole, line = page.whole, page.whole.line
    return render(
        request,
        "portal/actor.html",
        {
            "page": page,
            "whole": whole,
            "actor": line,
            "facts": actors.fact_sheet(whole),
            "register": _register(line),
            "reasons": [
                (reason, directory_address(factor=reason.factor.value)) for reason in whole.reasons
            ],
            "neighbours": directory_address(place=line.place.key),
            "around": [
                Cell(factor, count, directory_address(factor=factor.value, place=line.place.key))
                for factor, count in page.around.items()
            ],
            "map": _map(whole, today),
            "trail": [(_("Who is who"), reverse("portal:directory"))],
        },
    )


def _register(line: actors.ActorLine) -> str:
    """Return where the national register tells of the actor; an invented one stands in none."""
    if line.is_demo or not line.organisation_number or line.country != Country.NORWAY:
        return ""
    return _NORWEGIAN_REGISTER.format(line.organisation_number)


def _map(whole: actors.WholeActor, today: date) -> MapPicture | None:
    """Draw where the actor and its sites are, among the municipalities of the region.

    An actor whose place is none of those is drawn on a map of its own place. None when there is
    nothing to draw it on.
    """
    partnership = strategy.partnership()
    home = list(partnership.municipalities) if partnership else []
    keys = [whole.line.place.key, *(site.place_key for site in whole.sites)]
    wanted = home if set(keys) <= set(home) else list(dict.fromkeys(keys))
    try:
        ground = evidence.map_of(wanted, on=today, beside=home)
    except evidence.NothingToDrawError:
        return None
    points = _points(whole, ground)
    if not points:
        return None
    return picture(
        ground,
        title=_title(whole),
        table=_table(whole),
        looks={key: AreaLook(css_class="here") for key in keys},
        points=points,
        legend=[MapKey(points[0].css_class, str(whole.line.name), points[0].letter)],
    )


def _points(whole: actors.WholeActor, ground: evidence.MapGround) -> list[MapPoint]:
    mark = MARKS[whole.line.factors[0].value]
    stands = [(str(whole.line.name), whole.address.point, whole.line.place.key)]
    stands += [(site.name, site.address.point, site.place_key) for site in whole.sites]
    drawn = []
    for name, point, key in stands:
        middle = ground.around(key, 1)
        where = ground.at(*point) if point else middle[0] if middle else None
        if where is not None:
            css_class = f"factor--{mark.key}"
            drawn.append(MapPoint(name, "", css_class, *where, letter=str(mark.letter)))
    return drawn


def _title(whole: actors.WholeActor) -> str:
    place = whole.line.place.name
    if not whole.sites:
        return _("They are in %(place)s") % {"place": place}
    return ngettext(
        "They are in %(place)s, and at %(count)s more site",
        "They are in %(place)s, and at %(count)s more sites",
        len(whole.sites),
    ) % {"place": place, "count": len(whole.sites)}


def _table(whole: actors.WholeActor) -> MapTable:
    rows = [MapRow(str(whole.line.name), [whole.line.place.name, whole.address.line or _NOTHING])]
    rows += [MapRow(site.name, [site.place, site.address.line or _NOTHING]) for site in whole.sites]
    return MapTable(_("Where they are"), [_("Site"), _("Place"), _("Address")], rows)
