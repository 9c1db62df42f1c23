"""Where the numbers of a balance lead: to the directory, with the same filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from samskap.actors.choices import Belonging
from samskap.actors.compute.balance.scope import Whom
from samskap.actors.compute.offers import query_string

if TYPE_CHECKING:
    from samskap.actors.compute.balance.scope import Scope

# An actor may have several of these, so that two ticks ask for either and not for both.
_SEVERAL: Final = frozenset({"factors"})


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a balance is shown: its own address, the directory's, and the actor's page's name."""

    here: str
    directory: str
    actor_page: str


def list_of(doors: Doors, scope: Scope, count: int, **filters: str) -> str:
    """Return the address of the list of those counted; '' when no list says just that.

    ``filters`` are fields of a selection and the value that each is narrowed to. The directory
    knows no bodies, and cannot ask for those that count under two factors at once.
    """
    if not count or scope.body:
        return ""
    selection = scope.selection
    changes: dict[str, Any] = {}
    if scope.whom == Whom.PARTNERS:
        filters = {**filters, "memberships": Belonging.PARTNER.value}
    for name, value in filters.items():
        asked = getattr(selection, name)
        if name == "places" and asked and value not in asked and not _is_one(value):
            return ""
        if name in _SEVERAL and asked and value not in asked:
            return ""
        changes[name] = (value,)
    return doors.directory + query_string(replace(selection, sort="", **changes))


def _is_one(place: str) -> bool:
    """Whether an address's place is one municipality: whoever is there is nowhere else."""
    return place.partition("-")[2].isdecimal() or place.isdecimal()
