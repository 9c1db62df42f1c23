"""The strategy: as it is drawn, each of its elements, its versions and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.evidence import public as evidence
from samskap.kernel.text import LocalisedText
from samskap.portal.addresses import (
    directory_address,
    element_address,
    place_address,
    place_in_address,
)
from samskap.strategy import public as strategies
from samskap.strategy.keys import FocusAreaKind
from samskap.strategy.public import ElementKind
from samskap.ui.drawings import ModelArea, ModelDrawing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from samskap.strategy.public import Element, FieldChange, Strategy

_SHOWN_AT_MOST: Final = 8


@require_safe
def strategy(request: HttpRequest) -> HttpResponse:
    """Show the strategy that holds today."""
    found = strategies.current_strategy()
    if found is None:
        return render(request, "portal/strategy_missing.html")
    return _whole(request, found, pinned=None)


@require_safe
def strategy_version(request: HttpRequest, label: str) -> HttpResponse:
    """Show the strategy as one published version said it."""
    found = strategies.strategy_version(label)
    if found is None:
        raise Http404(label)
    return _whole(request, found, pinned=label)


def _whole(request: HttpRequest, strategy: Strategy, *, pinned: str | None) -> HttpResponse:
    return render(
        request,
        "portal/strategy.html",
        {
            "strategy": strategy,
            "version": strategy.version,
            "pinned": pinned,
            "model": model_of(strategy, pinned=pinned),
            **_notes(strategy),
            **{kind.name.lower(): strategy.of_kind(kind) for kind in ElementKind},
        },
    )


def _notes(strategy: Strategy) -> dict[str, list[Element]]:
    """Part the notes: those on the section that the focus areas stand in, and the rest."""
    areas = {area.section for area in strategy.of_kind(ElementKind.FOCUS_AREA)}
    notes = strategy.of_kind(ElementKind.NOTE)
    return {
        "model_notes": [note for note in notes if note.section in areas],
        "other_notes": [note for note in notes if note.section not in areas],
    }


def model_of(
    strategy: Strategy, *, pinned: str | None = None, in_brief: bool = False
) -> ModelDrawing:
    """Return the focus areas as the strategy draws them, ``in_brief`` in a sentence each."""

    def drawn(areas: Iterable[Element]) -> list[ModelArea]:
        return [
            ModelArea(
                area.title,
                first_sentence(area.body) if in_brief else area.body,
                element_address(area, pinned=pinned),
            )
            for area in areas
        ]

    return ModelDrawing(
        drawn(strategy.effort_areas),
        drawn(strategy.cross_cutting_areas),
        drawn(strategy.support_areas),
    )


def first_sentence(text: LocalisedText) -> LocalisedText:
    """Keep what stands before the first full stop and space, with its stop, in each language."""
    return LocalisedText(
        {language: "".join(whole.partition(". ")[:2]).strip() for language, whole in text.items()}
    )


# One element --------------------------------------------------------------------------------------
@require_safe
def element(request: HttpRequest, kind: str, key: str, label: str | None = None) -> HttpResponse:
    """Say what one element is, what it is a part of, and what hangs on it."""
    found = strategies.strategy_version(label) if label else strategies.current_strategy()
    said = found.element(kind, key) if found else None
    if found is None or said is None:
        raise Http404(key)
    return render(
        request,
        "portal/element.html",
        {
            "pinned": label,
            "version": found.version,
            "element": said,
            "kind": ElementKind(kind),
            "area_kind": FocusAreaKind(said.area_kind) if said.area_kind else None,
            "trail": _trail(found, said, pinned=label),
            "groups": _groups(said),
            "related": _related(found, said),
            **_neighbours(found, said),
            **_who_hangs_on(said),
        },
    )


def _trail(strategy: Strategy, element: Element, *, pinned: str | None) -> list[tuple[object, str]]:
    """Return the way from the strategy down to what the element is a part of."""
    above: list[tuple[object, str]] = []
    parent = element.parent
    while parent is not None and (whole := strategy.element(parent.kind, parent.key)):
        above.append((whole.title, element_address(whole, pinned=pinned)))
        parent = whole.parent
    top: tuple[object, str] = (
        (_("Strategy"), reverse("portal:strategy"))
        if pinned is None
        else (
            _("Strategy %(version)s") % {"version": pinned},
            reverse("portal:strategy-version", args=[pinned]),
        )
    )
    return [top, *reversed(above)]


def _groups(element: Element) -> list[tuple[str, tuple[Element, ...]]]:
    """Return the element's parts under a heading for each kind of part."""
    headings = {
        ElementKind.GOAL: _("What we want to reach"),
        ElementKind.THEME: _("What it is about"),
        ElementKind.PRECONDITION: _("What makes it possible"),
        ElementKind.OUTCOME: _("What comes of it"),
    }
    groups = [(heading, element.parts(kind)) for kind, heading in headings.items()]
    return [(heading, parts) for heading, parts in groups if parts]


def _related(strategy: Strategy, element: Element) -> list[tuple[str, list[Element]]]:
    """Return what the element serves and backs, and what serves and backs it."""
    areas = strategy.of_kind(ElementKind.FOCUS_AREA)
    evidence = strategy.of_kind(ElementKind.EVIDENCE)
    is_effort = element.area_kind == FocusAreaKind.EFFORT
    across = strategy.cross_cutting_areas if is_effort else ()
    groups = [
        (_("It carries"), [area for area in areas if area.key in element.serves]),
        (
            _("Carried by"),
            [area for area in areas if is_effort and element.key in area.serves],
        ),
        (_("Across it goes"), list(across)),
        (_("It backs the choice of"), [area for area in areas if area.key in element.supports]),
        (
            _("What the choice rests on"),
            [each for each in evidence if element.key in each.supports],
        )
        if element.kind == ElementKind.FOCUS_AREA
        else ("", []),
    ]
    return [(heading, related) for heading, related in groups if related]


def _neighbours(strategy: Strategy, element: Element) -> dict[str, Element | None]:
    """Return those before and after the element among its own kind."""
    kin = strategy.of_kind(element.kind)
    place = next(number for number, each in enumerate(kin) if each.key == element.key)
    return {
        "before": kin[place - 1] if place else None,
        "after": kin[place + 1] if place + 1 < len(kin) else None,
    }


def _who_hangs_on(element: Element) -> dict[str, Any]:
    """Return the actors that have the element: a factor, a side, or a place of the strategy."""
    key = (element.key,)
    if element.kind == ElementKind.FACTOR:
        selection, address = actors.Selection(factors=key), directory_address(factor=key)
    elif element.kind == ElementKind.SIDE:
        selection, address = actors.Selection(sides=key), directory_address(side=key)
    elif places := _places_of(element):
        selection, address = actors.Selection(places=places), directory_address(place=places)
    else:
        return {}
    found = actors.find_actors(selection, size=_SHOWN_AT_MOST)
    return {
        "found": found,
        "shown": found.actors,
        "directory": address,
        "places": _place_links(element, selection.places),
    }


def _place_links(element: Element, members: Iterable[str]) -> list[tuple[LocalisedText, str]]:
    """Return where the places of an element are told of: the group itself, then its members."""
    keys = {element.key, *members} if element.kind != ElementKind.NEIGHBOUR else {*members}
    if not members:
        return []
    found = [each for each in evidence.places(on=timezone.localdate()) if each.key in keys]
    found.sort(key=lambda each: each.key != element.key)
    return [(each.name, place_address(each.key)) for each in found]


def _places_of(element: Element) -> tuple[str, ...]:
    """Return what an address calls the places of a sub-region or of a neighbour."""
    if element.kind not in {ElementKind.SUB_REGION, ElementKind.NEIGHBOUR}:
        return ()
    partnership = strategies.partnership()
    if partnership is None:
        return ()
    for own in partnership.sub_regions:
        if element.kind == ElementKind.SUB_REGION and own.key == element.key:
            country = partnership.home_country
            return tuple(place_in_address(country, code) for code in own.municipalities)
    for next_door in partnership.neighbours:
        if element.kind == ElementKind.NEIGHBOUR and next_door.key == element.key:
            return tuple(place_in_address(next_door.country, code) for code in next_door.places)
    return ()


# Versions -----------------------------------------------------------------------------------------
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """List the published versions, each with what changed from the one before."""
    found = strategies.versions()
    current = strategies.current_strategy()
    rows = [
        (version, found[number + 1] if number + 1 < len(found) else None)
        for number, version in enumerate(found)
    ]
    return render(
        request,
        "portal/versions.html",
        {
            "rows": rows,
            "current": current.version.label if current else "",
            "trail": [(_("Strategy"), reverse("portal:strategy"))],
        },
    )


@require_safe
def changes(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """Say what changed from one published version to another, in the reader's language."""
    found = strategies.changes_between(old, new)
    if found is None:
        raise Http404(f"{old} {new}")
    return render(
        request,
        "portal/changes.html",
        {
            "changes": found,
            "fields": _for_reader(found.fields),
            "changed": [
                (change.new, fields)
                for change in found.changed
                if (fields := _for_reader(change.fields))
            ],
            "trail": [
                (_("Strategy"), reverse("portal:strategy")),
                (_("Versions"), reverse("portal:strategy-versions")),
            ],
        },
    )


def _for_reader(fields: Iterable[FieldChange]) -> list[tuple[str, FieldChange]]:
    """Return the changes a reader of this language sees, each with the field's name."""
    names = {
        "title": _("Title"),
        "body": _("Text"),
        "parent": _("Part of"),
        "source": _("Source"),
        "adopted": _("Adopted"),
        "first_year": _("First year"),
        "last_year": _("Last year"),
        "serves": _("Carries"),
        "supports": _("Backs the choice of"),
        "publisher": _("Publisher"),
        "author": _("Author"),
        "year": _("Year"),
    }
    seen = [each for each in fields if each.language in {"", get_language()}]
    return [(names.get(each.field, each.field), each) for each in seen]
