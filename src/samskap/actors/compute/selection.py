"""What a reader asks for, and how an address says it: one for list, map, network and export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from samskap.actors.choices import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST_QUERY: Final = 100
MOST_CHOICES: Final = 50
# What each filter is called in an address.
NAMES_IN_ADDRESS: Final[Mapping[str, str]] = {
    "factor": "factors",
    "place": "places",
    "kind": "kinds",
    "side": "sides",
    "industry": "industries",
    "focus": "focus_areas",
    "membership": "memberships",
    "body": "bodies",
    "size": "sizes",
    "status": "statuses",
    "freshness": "freshness",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader asks for. Within one filter any value will do; each filter must be met.

    ``places`` are keys of an address: codes of today ('3105', 'SE-1765', '31' for all that lies in
    the county), ``whole-county`` or ``beyond``. ``industries`` are sections ('C'), divisions ('16')
    or finer codes ('16.1'), of any standard or of one ('SN2007-K'). ``bodies`` are keys of bodies
    where they have a seat today. ``memberships`` are values of ``Belonging``, ``freshness`` of
    ``Freshness``; how fresh we are is the desk's own matter, and asked for by the public finds
    nothing. ``sort`` is a value of ``Sort``; none puts first those that answer best to the query.
    Else a value that means nothing finds nothing.
    """

    query: str = ""
    factors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    focus_areas: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    freshness: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sort: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everyone."""
        return bool(self.query) or any(getattr(self, each) for each in NAMES_IN_ADDRESS.values())


def selection_in(asked: Mapping[str, Sequence[str]]) -> Selection:
    """Return what an address asks for: each name with all its values, as ``dict(GET.lists())``.

    Names that are not ours are passed over, and so are a sort we do not have and whatever is
    beyond the first fifty values of a filter.
    """
    filters = {
        field: tuple(dict.fromkeys(asked.get(name, ())))[:MOST_CHOICES]
        for name, field in NAMES_IN_ADDRESS.items()
    }
    query, sort = _last(asked, "q").strip(), _last(asked, "sort")
    return Selection(
        query=query[:LONGEST_QUERY], sort=sort if sort in Sort.values else "", **filters
    )


def in_address(selection: Selection) -> list[tuple[str, str]]:
    """Return the names and values that say ``selection`` in an address, for ``urlencode``."""
    pairs: Iterable[tuple[str, str]] = (
        (name, value)
        for name, field in NAMES_IN_ADDRESS.items()
        for value in getattr(selection, field)
    )
    query = [("q", selection.query)] if selection.query else []
    sort = [("sort", selection.sort)] if selection.sort else []
    return [*query, *pairs, *sort]


def _last(asked: Mapping[str, Sequence[str]], name: str) -> str:
    return next(reversed(asked.get(name, ())), "")
