"""The filters of the directory as they are offered: each choice with its words and its count."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps its types
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samskap.actors.compute.directory import BEYOND, WHOLE_COUNTY
from samskap.actors.compute.selection import NAMES_IN_ADDRESS, Selection, in_address
from samskap.actors.industries import title_of
from samskap.actors.models import CodeStandard
from samskap.actors.sections import TODAY, sections

if TYPE_CHECKING:
    from samskap.actors.compute.directory import Findings


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick.

    ``count`` is how many it would find, none when that is not counted; ``without`` is the address
    of the same selection without it, from the question mark on.
    """

    value: str
    label: str
    count: int | None
    is_chosen: bool
    without: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Boxes that belong together, under the ``name`` they have in the address.

    ``is_whole``: a choice that would find nobody is offered too.
    """

    name: str
    legend: str
    choices: tuple[Choice, ...]
    is_whole: bool

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The boxes that are ticked."""
        return tuple(choice for choice in self.choices if choice.is_chosen)


_WHOLE = frozenset({"factor", "place", "side", "focus", "membership", "freshness"})


def filters_offered(selection: Selection, found: Findings) -> tuple[Filter, ...]:
    """Return every filter that ``found`` has counts for, the commonest first."""
    facets = found.facets
    legends = {
        "factor": _("The five factors"),
        "place": _("Place"),
        "kind": _("Kind of organisation"),
        "focus": _("Focus area"),
        "industry": _("Industry"),
        "membership": _("Membership"),
        "body": _("Has a seat in"),
        "side": _("Side in working life"),
        "size": _("Size"),
        "status": _("Status"),
        "freshness": _("How fresh it is"),
    }
    labels: dict[str, Mapping[Any, Any]] = {
        "place": _place_labels(found),
        "industry": sections(),
        "body": found.body_names,
    }
    return tuple(
        _filter(selection, name, legend, getattr(facets, NAMES_IN_ADDRESS[name]), labels.get(name))
        for name, legend in legends.items()
        if getattr(facets, NAMES_IN_ADDRESS[name])
    )


def _place_labels(found: Findings) -> dict[str, Any]:
    return {
        **found.place_names,
        WHOLE_COUNTY: _("The whole county"),
        BEYOND: _("Neighbours and national"),
    }


def _filter(
    selection: Selection,
    name: str,
    legend: str,
    counts: Mapping[Any, int],
    labels: Mapping[Any, Any] | None,
) -> Filter:
    asked = getattr(selection, NAMES_IN_ADDRESS[name])
    offered: list[tuple[str, str, int | None]] = [
        (str(value), str(value.label if labels is None else labels[value]), count)
        for value, count in counts.items()
    ]
    known = {value for value, _label, _count in offered}
    offered += [
        (each, _other(name, each, labels or {}), None) for each in asked if each not in known
    ]
    choices = tuple(
        Choice(value, label, count, value in asked, _without(selection, name, value))
        for value, label, count in offered
    )
    return Filter(name, legend, choices, name in _WHOLE)


def _other(name: str, value: str, labels: Mapping[Any, Any]) -> str:
    """Name a choice that an address asks for and no box offers: a finer code, a wider place."""
    if name == "industry":
        standard, _dash, code = value.rpartition("-")
        title = title_of(standard or TODAY, code) if standard in ("", *CodeStandard) else ""
        return f"{value} {title}".strip()
    return str(labels.get(value, value))


def _without(selection: Selection, name: str, value: str) -> str:
    field = NAMES_IN_ADDRESS[name]
    rest = tuple(each for each in getattr(selection, field) if each != value)
    changes: dict[str, Any] = {field: rest}
    return query_string(replace(selection, **changes))


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a selection, and where it is."""

    label: str
    href: str
    is_current: bool


def ways_to_look(
    selection: Selection, *, directory: str, network: str, shown_as: str
) -> tuple[Look, ...]:
    """Return a selection as list, map and network, at the addresses of the two pages.

    ``shown_as`` is 'list', 'map' or 'network', as an address says it.
    """
    asked = query_string(selection)
    ways = {
        "list": (pgettext("way to look", "List"), f"{directory}{asked}"),
        "map": (
            pgettext("way to look", "Map"),
            f"{directory}{query_string(selection, **{'as': 'map'})}",
        ),
        "network": (pgettext("way to look", "Network"), f"{network}{asked}"),
    }
    return tuple(Look(label, href, key == shown_as) for key, (label, href) in ways.items())


def query_string(selection: Selection, **more: str) -> str:
    """Return ``selection`` from the question mark on; '?' alone when it asks for everyone."""
    return "?" + urlencode([*in_address(selection), *more.items()])
