"""What ``strategy.yaml`` says, and what it can say wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from samskap.kernel.documents import check_against, check_languages, near_miss
from samskap.kernel.text import LocalisedText, quoted
from samskap.strategy.facts import ElementFacts, Reference, StrategyFacts
from samskap.strategy.keys import Factor, FocusAreaKey, FocusAreaKind, Side
from samskap.strategy.models import AdoptionDate, ElementKind
from samskap.strategy.reading.region import keys_of, languages_of
from samskap.strategy.reading.schemas import schema
from samskap.strategy.reading.walking import at, entries, key_used_twice, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samskap.kernel.documents import Document, Fault
    from samskap.kernel.documents.reading import Steps

# Where each kind stands in the document, in the order a reader meets it.
_ALONE: Final = {"vision": ElementKind.VISION, "mission": ElementKind.MISSION}
_LISTS: Final = {
    "roles": ElementKind.ROLE,
    "values": ElementKind.VALUE,
    "purpose": ElementKind.PURPOSE,
    "focus-areas": ElementKind.FOCUS_AREA,
    "factors": ElementKind.FACTOR,
    "sides": ElementKind.SIDE,
    "principles": ElementKind.PRINCIPLE,
    "neighbours": ElementKind.NEIGHBOUR,
    "sub-regions": ElementKind.SUB_REGION,
    "evidence": ElementKind.EVIDENCE,
    "notes": ElementKind.NOTE,
}
_PARTS: Final = {
    "preconditions": ElementKind.PRECONDITION,
    "outcomes": ElementKind.OUTCOME,
    "goals": ElementKind.GOAL,
    "themes": ElementKind.THEME,
}
_NOT_ATTRIBUTES: Final = frozenset({"key", "title", "body", *_PARTS})
# A strategy adopted longer ago than this before its period is a slip of the pen.
_YEARS_AHEAD: Final = 5


@dataclass(frozen=True, slots=True)
class _Written:
    """An element as it stands in the document, and where."""

    kind: ElementKind
    key: str
    entry: dict[str, Any]
    steps: Steps
    parent: Reference | None

    @property
    def reference(self) -> Reference:
        return Reference(self.kind, self.key)


def strategy_facts(document: Document) -> StrategyFacts:
    """Return what a checked ``strategy.yaml`` says, its elements in their order."""
    data = document.data
    return StrategyFacts(
        label=data["label"],
        title=LocalisedText(data["title"]),
        first_year=data["period"]["from"],
        last_year=data["period"]["to"],
        adopted=data["adopted"],
        source=LocalisedText(data["source"]),
        elements=tuple(map(_element, _walk(data))),
    )


def check_strategy(document: Document, region: Document | None = None) -> list[Fault]:
    """Return everything that is wrong with a strategy, by line.

    With ``region``, the strategy is held to that region's languages, sub-regions and neighbours.
    """
    written = list(_walk(document.data))
    return sorted(
        {
            *check_against(document, schema("strategy")),
            *check_languages(document, languages_of(region)),
            *_period(document),
            *_adoption(document),
            *_keys_used_twice(document, written),
            *_closed_lists(document),
            *_focus_areas(document, written),
            *_values(document),
            *_evidence(document, written),
            *(_places(document, region) if region else ()),
        }
    )


def _walk(data: Any) -> Iterator[_Written]:
    """Yield every element that has a key, a whole before its parts."""
    for name, kind in (*_ALONE.items(), *_LISTS.items()):
        found = at(data, name)
        if isinstance(found, dict):
            # The only one of its kind: the kind is its key.
            yield from _with_parts(kind, kind.value, found, (name,), None)
        for place, entry in entries(data, name):
            yield from _with_parts(kind, entry.get("key"), entry, (name, place), None)


def _with_parts(
    kind: ElementKind, key: Any, entry: dict[str, Any], steps: Steps, parent: Reference | None
) -> Iterator[_Written]:
    if not isinstance(key, str):
        return
    whole = _Written(kind, key, entry, steps, parent)
    yield whole
    for name, part in _PARTS.items():
        for place, inner in entries(entry, name):
            yield from _with_parts(
                part, inner.get("key"), inner, (*steps, name, place), whole.reference
            )


def _element(written: _Written) -> ElementFacts:
    return ElementFacts(
        kind=written.kind.value,
        key=written.key,
        title=LocalisedText(written.entry["title"]),
        body=LocalisedText(written.entry["body"]),
        parent=written.parent,
        attributes={
            name: value for name, value in written.entry.items() if name not in _NOT_ATTRIBUTES
        },
    )


# What a schema cannot say -------------------------------------------------------------------------


def _period(document: Document) -> Iterator[Fault]:
    begins, ends = at(document.data, "period", "from"), at(document.data, "period", "to")
    if isinstance(begins, int) and isinstance(ends, int) and ends < begins:
        yield document.fault(
            "period",
            "to",
            sentence=_("The period ends in %(ends)d, before it begins in %(begins)d.")
            % {"ends": ends, "begins": begins},
            remedy=_("Write the last year of the period, %(begins)d or later.")
            % {"begins": begins},
        )


def _adoption(document: Document) -> Iterator[Fault]:
    begins, ends = at(document.data, "period", "from"), at(document.data, "period", "to")
    try:
        year = AdoptionDate.from_iso(at(document.data, "adopted")).year
    except (AttributeError, TypeError, ValueError):
        return
    if not isinstance(begins, int) or not isinstance(ends, int) or ends < begins:
        return
    if not begins - _YEARS_AHEAD <= year <= ends:
        yield document.fault(
            "adopted",
            sentence=_(
                "A strategy from %(begins)d to %(ends)d cannot have been adopted in %(year)d."
            )
            % {"begins": begins, "ends": ends, "year": year},
            remedy=_("Check the year of the adoption, or the period."),
        )


def _keys_used_twice(document: Document, written: Iterable[_Written]) -> Iterator[Fault]:
    seen: set[Reference] = set()
    for element in written:
        if element.reference in seen:
            yield key_used_twice(document, element.key, *element.steps)
        seen.add(element.reference)


def _closed_lists(document: Document) -> Iterator[Fault]:
    for name, keys in (("factors", Factor), ("sides", Side)):
        there = keys_of(document, name)
        if name not in (document.data if isinstance(document.data, dict) else ()):
            continue
        for key in keys:
            if key.value not in there:
                yield document.fault(
                    name,
                    sentence=_("“%(list)s” lacks “%(key)s”.") % {"list": name, "key": key.value},
                    remedy=_("Add an entry with “key: %(key)s”.") % {"key": key.value},
                )


def _focus_areas(document: Document, written: Iterable[_Written]) -> Iterator[Fault]:
    areas = [element for element in written if element.kind == ElementKind.FOCUS_AREA]
    keys = [area.key for area in areas]
    of_effort = [area.key for area in areas if area.entry.get("kind") == FocusAreaKind.EFFORT]
    efforts = of_effort + _meant_by(of_effort, keys)
    if areas and not efforts:
        yield document.fault(
            "focus-areas",
            sentence=_("No focus area is of the kind “effort”."),
            remedy=_("Say “kind: effort” of the areas where jobs and value are to grow."),
        )
    for area in areas:
        yield from _misspelt(document, area, keys)
        yield from _serves(document, area, efforts)


def _misspelt(document: Document, area: _Written, keys: list[str]) -> Iterator[Fault]:
    meant = _meant(area.key, keys)
    if meant:
        yield document.fault(
            *area.steps,
            "key",
            sentence=_("“%(key)s” is nearly the key of a known focus area.") % {"key": area.key},
            remedy=_("Did you mean “%(key)s”?") % {"key": meant},
        )


def _meant(key: str, keys: list[str]) -> str | None:
    """Return the known area that ``key`` nearly is: another region may have areas of its own."""
    if key in FocusAreaKey.values:
        return None
    return near_miss(key, [known for known in FocusAreaKey.values if known not in keys])


def _meant_by(misspelt: Iterable[str], keys: list[str]) -> list[str]:
    """Return what slips stand for: whoever points there rightly is not told of it once more."""
    return [meant for key in misspelt if (meant := _meant(key, keys))]


def _serves(document: Document, area: _Written, efforts: list[str]) -> Iterator[Fault]:
    kind = area.entry.get("kind")
    if kind == FocusAreaKind.SUPPORT and "serves" not in area.entry:
        yield document.fault(
            *area.steps,
            sentence=_("The support area “%(key)s” does not say what it serves.")
            % {"key": area.key},
            remedy=_("Add “serves:” with one or more of %(keys)s.") % {"keys": _listed(efforts)},
        )
    if kind != FocusAreaKind.SUPPORT and "serves" in area.entry:
        yield document.fault(
            *area.steps,
            "serves",
            sentence=_("Only a support area says what it serves."),
            remedy=_("Remove “serves”, or say “kind: support”."),
        )
        return
    for place, key in texts(area.entry, "serves"):
        if key not in efforts:
            yield document.fault(
                *area.steps,
                "serves",
                place,
                sentence=_("“%(key)s” is not one of the effort areas.") % {"key": key},
                remedy=_how_to_choose(key, efforts),
            )


def _values(document: Document) -> Iterator[Fault]:
    grounds = [
        place for place, entry in entries(document.data, "values") if entry.get("ground") is True
    ]
    for place in grounds[1:]:
        yield document.fault(
            "values",
            place,
            "ground",
            sentence=_("Another value is the ground already."),
            remedy=_("Let one value be the ground of the others."),
        )


def _evidence(document: Document, written: Iterable[_Written]) -> Iterator[Fault]:
    keys = [element.key for element in written if element.kind == ElementKind.FOCUS_AREA]
    areas = keys + _meant_by(keys, keys)
    for place, entry in entries(document.data, "evidence"):
        if entry.get("form") == "analysis" and "publisher" not in entry:
            yield document.fault(
                "evidence",
                place,
                sentence=_("The analysis “%(key)s” has no publisher.") % {"key": entry.get("key")},
                remedy=_("Add “publisher:” with the name of who published it."),
            )
        for number, key in texts(entry, "supports"):
            if key not in areas:
                yield document.fault(
                    "evidence",
                    place,
                    "supports",
                    number,
                    sentence=_("“%(key)s” is not one of the focus areas.") % {"key": key},
                    remedy=_how_to_choose(key, areas),
                )


def _places(document: Document, region: Document) -> Iterator[Fault]:
    for name in ("neighbours", "sub-regions"):
        known = keys_of(region, name)
        for place, entry in entries(document.data, name):
            key = entry.get("key")
            if isinstance(key, str) and key not in known:
                yield document.fault(
                    name,
                    place,
                    "key",
                    sentence=_("“%(file)s” has no “%(key)s” under “%(list)s”.")
                    % {"file": region.path.name, "key": key, "list": name},
                    remedy=_how_to_choose(key, known),
                )


def _how_to_choose(key: str, known: list[str]) -> str:
    near = near_miss(key, known)
    if near:
        return _("Did you mean “%(key)s”?") % {"key": near}
    if known:
        return _("Use one of %(keys)s.") % {"keys": _listed(known)}
    return _("Remove it.")


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(quoted(key) for key in keys)
