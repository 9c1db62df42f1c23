"""Which actors are meant: the directory's filters, for whatever else is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import Field

from samskap.actors.choices import Belonging, Freshness
from samskap.actors.models import ActorKind, ActorStatus, Size
from samskap.actors.public import BEYOND, WHOLE_COUNTY, Selection, selection_in
from samskap.api.parameters import Asked, summary_of
from samskap.api.problems import INVALID_PARAMETER, Fault, RefusedError
from samskap.evidence.queries import key_in_address, places_in_address
from samskap.strategy.keys import Factor, FocusAreaKey, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_CHOICES: Final = 50
_LONGEST_CODE: Final = 32
_LONGEST_SEARCH: Final = 100
_LONGEST_SLUG: Final = 100
_Code = Annotated[str, Field(max_length=_LONGEST_CODE)]
_NAMES: Final = (
    *("factor", "place", "kind", "side", "industry", "focus", "membership", "freshness"),
    *("body", "size", "status"),
)


class AskedForSome(Asked):
    """Which actors: several values of one filter mean any of them, several filters all of them."""

    factor: list[Factor] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Counts under this factor.")
    )
    place: list[_Code] = Field(
        [],
        max_length=_MOST_CHOICES,
        description=gettext_noop(
            "Is in this place or in a part of it. A bare code, as it is understood today;"
            " whole-county and beyond mean those who are not in one municipality of ours."
        ),
    )
    kind: list[ActorKind] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Is of this sort.")
    )
    side: list[Side] = Field(
        [],
        max_length=_MOST_CHOICES,
        description=gettext_noop("Is on this side in tripartite cooperation."),
    )
    industry: list[_Code] = Field(
        [],
        max_length=_MOST_CHOICES,
        description=gettext_noop("Has this code of industry, or one within it: C, 16 or 16.1."),
    )
    focus: list[FocusAreaKey] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Works within this focus area.")
    )
    membership: list[Belonging] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Is this to the partnership today.")
    )
    body: list[Annotated[str, Field(max_length=_LONGEST_SLUG)]] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Has a seat in this body today.")
    )
    freshness: list[Freshness] = Field(
        [],
        max_length=_MOST_CHOICES,
        description=gettext_noop(
            "Whether something we say of it should be checked; told to the secretariat alone."
        ),
    )
    size: list[Size] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Employs this many.")
    )
    status: list[ActorStatus] = Field(
        [], max_length=_MOST_CHOICES, description=gettext_noop("Is at work, or no more.")
    )
    q: str = Field(
        "",
        max_length=_LONGEST_SEARCH,
        description=gettext_noop("Holds these words in its name, number or place."),
    )


def selection_of(asked: AskedForSome) -> Selection:
    """Return the actors that are meant; a code that means no place today is told."""
    _refuse_unknown_places(asked.place)
    said: dict[str, Sequence[str]] = {
        name: [str(value) for value in getattr(asked, name)] for name in _NAMES
    }
    return selection_in({**said, "q": [asked.q]})


def _refuse_unknown_places(keys: list[str]) -> None:
    codes = [key for key in keys if key not in {WHOLE_COUNTY, BEYOND}]
    if not codes:
        return
    known = {key_in_address(place) for place in places_in_address(codes, on=timezone.localdate())}
    faults = [
        Fault(
            where="query",
            name="place",
            detail=_("No place has the code “%(code)s” today.") % {"code": code},
        )
        for code in codes
        if code not in known
    ]
    if faults:
        raise RefusedError(INVALID_PARAMETER, summary_of(faults), faults)
