"""What the world may see of the partnership and its strategy: what is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from samskap.kernel.text import LocalisedText
from samskap.strategy import queries
from samskap.strategy.compute import FieldChange, differences_between
from samskap.strategy.facts import ElementFacts, Reference, StrategyFacts
from samskap.strategy.keys import FocusAreaKind
from samskap.strategy.models import AdoptionDate, ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from samskap.strategy import models

__all__ = [
    "AdoptionDate",
    "Changes",
    "Element",
    "ElementChange",
    "ElementKind",
    "FieldChange",
    "Neighbour",
    "Partnership",
    "Reference",
    "Strategy",
    "SubRegion",
    "Version",
    "changes_between",
    "current_strategy",
    "element",
    "partnership",
    "strategy_version",
    "versions",
]


@dataclass(frozen=True, slots=True)
class SubRegion:
    """Municipalities of the region that belong together, as codes of today."""

    key: str
    name: LocalisedText
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A region next door, as codes of its county or of its municipalities."""

    key: str
    name: LocalisedText
    country: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partnership:
    """The partnership that this installation serves; codes are those of today."""

    key: str
    name: LocalisedText
    short_name: LocalisedText
    region_name: LocalisedText
    host: str
    languages: tuple[str, ...]
    default_language: str
    home_country: str
    home_place: str
    municipalities: tuple[str, ...]
    sub_regions: tuple[SubRegion, ...]
    neighbours: tuple[Neighbour, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version, without what it says; both years are included."""

    label: str
    title: LocalisedText
    first_year: int
    last_year: int
    adopted: AdoptionDate
    source: LocalisedText
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Element:
    """One thing the strategy says; ``children`` are its parts in their order.

    ``version`` is the label of the version it is in, ``parent`` what it is a part of.
    ``attributes`` has what only some kinds have, by the names of ``strategy.yaml``.
    """

    version: str
    kind: str
    key: str
    title: LocalisedText
    body: LocalisedText
    parent: Reference | None
    attributes: Mapping[str, Any]
    children: tuple[Element, ...]

    @property
    def reference(self) -> Reference:
        """What names this element within a version: kind and key."""
        return Reference(self.kind, self.key)

    @property
    def area_kind(self) -> str:
        """Of a focus area: effort, cross-cutting or support. Otherwise ''."""
        return str(self.attributes.get("kind", ""))

    @property
    def serves(self) -> tuple[str, ...]:
        """Of a support area: the keys of the effort areas it serves."""
        return tuple(self.attributes.get("serves", ()))

    @property
    def supports(self) -> tuple[str, ...]:
        """Of evidence: the keys of the focus areas whose choice it backs."""
        return tuple(self.attributes.get("supports", ()))

    @property
    def section(self) -> str:
        """Where in the source it is said; '' when we added it ourselves."""
        return str(self.attributes.get("section", ""))

    @property
    def is_ground(self) -> bool:
        """Of a value: whether the others stand on it."""
        return self.attributes.get("ground") is True

    def parts(self, kind: str) -> tuple[Element, ...]:
        """Return the children of ``kind``, in their order."""
        return tuple(child for child in self.children if child.kind == kind)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A published version and all that it says.

    ``elements`` are those that are no part of another, in the order of the strategy.
    """

    version: Version
    elements: tuple[Element, ...]

    def of_kind(self, kind: str) -> tuple[Element, ...]:
        """Return every element of ``kind``, parts as well, in the order of the strategy."""
        return tuple(element for element in self.everything() if element.kind == kind)

    def one(self, kind: str) -> Element | None:
        """Return the first element of ``kind``: the vision, the mission, the purpose."""
        return next(iter(self.of_kind(kind)), None)

    def element(self, kind: str, key: str) -> Element | None:
        """Return the element with that address, if there is one."""
        return next((each for each in self.of_kind(kind) if each.key == key), None)

    def everything(self) -> tuple[Element, ...]:
        """Return every element, a whole before its parts."""
        return tuple(_flattened(self.elements))

    @property
    def effort_areas(self) -> tuple[Element, ...]:
        """The focus areas where jobs and value are to grow: the pillars of the model."""
        return self._areas(FocusAreaKind.EFFORT)

    @property
    def cross_cutting_areas(self) -> tuple[Element, ...]:
        """The focus areas that serve all the effort areas: drawn across the pillars."""
        return self._areas(FocusAreaKind.CROSS_CUTTING)

    @property
    def support_areas(self) -> tuple[Element, ...]:
        """The focus areas that carry the effort areas: drawn beneath."""
        return self._areas(FocusAreaKind.SUPPORT)

    def _areas(self, kind: str) -> tuple[Element, ...]:
        return tuple(
            area for area in self.of_kind(ElementKind.FOCUS_AREA) if area.area_kind == kind
        )


@dataclass(frozen=True, slots=True)
class ElementChange:
    """An element that says something else in the newer version."""

    old: Element
    new: Element
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one published version to another.

    ``fields`` are those of the version itself: title, first_year, last_year, adopted, source.
    """

    old: Version
    new: Version
    fields: tuple[FieldChange, ...]
    added: tuple[Element, ...]
    removed: tuple[Element, ...]
    changed: tuple[ElementChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        return not (self.fields or self.added or self.removed or self.changed)


def partnership() -> Partnership | None:
    """Return the partnership; ``None`` before its region is loaded. One query."""
    row = queries.the_partnership()
    return _partnership(row) if row else None


def versions() -> list[Version]:
    """Return the published versions, the one adopted last first. One query."""
    return [_version(row) for row in queries.published_versions()]


def current_strategy(*, on: date | None = None) -> Strategy | None:
    """Return the strategy that holds on ``on``, by default today. Two queries.

    ``None`` when nothing is published.
    """
    row = queries.current_version(on=on or timezone.localdate())
    return _strategy(row) if row else None


def strategy_version(label: str) -> Strategy | None:
    """Return the published version called ``label``, if there is one. Two queries."""
    row = queries.published_versions().filter(label=label).first()
    return _strategy(row) if row else None


def element(label: str | None, kind: str, key: str) -> Element | None:
    """Return one element with its parts, of the version ``label`` or the current one.

    ``None`` when there is no such element, or no such published version. Two queries.
    """
    strategy = current_strategy() if label is None else strategy_version(label)
    return strategy.element(kind, key) if strategy else None


def changes_between(old_label: str, new_label: str) -> Changes | None:
    """Return what changed from one published version to another. Four queries.

    ``None`` when one of them is not published. The order is the caller's: the older first.
    """
    old, new = strategy_version(old_label), strategy_version(new_label)
    if old is None or new is None:
        return None
    found = differences_between(_facts(old), _facts(new))
    before = {each.reference: each for each in old.everything()}
    after = {each.reference: each for each in new.everything()}
    return Changes(
        old=old.version,
        new=new.version,
        fields=found.version,
        added=tuple(after[reference] for reference in found.added),
        removed=tuple(before[reference] for reference in found.removed),
        changed=tuple(
            ElementChange(before[change.reference], after[change.reference], change.fields)
            for change in found.changed
        ),
    )


def _flattened(elements: Iterable[Element]) -> Iterable[Element]:
    for each in elements:
        yield each
        yield from _flattened(each.children)


def _partnership(row: models.Partnership) -> Partnership:
    return Partnership(
        key=row.key,
        name=row.name,
        short_name=row.short_name,
        region_name=row.region_name,
        host=row.host,
        languages=tuple(row.languages),
        default_language=row.default_language,
        home_country=row.home_country,
        home_place=row.home_place,
        municipalities=tuple(row.municipalities),
        sub_regions=tuple(
            SubRegion(each["key"], LocalisedText(each["name"]), tuple(each["municipalities"]))
            for each in row.sub_regions
        ),
        neighbours=tuple(
            Neighbour(
                each["key"], LocalisedText(each["name"]), each["country"], tuple(each["places"])
            )
            for each in row.neighbours
        ),
        contact=row.contact,
    )


def _version(row: models.StrategyVersion) -> Version:
    if row.published_at is None:
        raise ValueError(row.label)
    return Version(
        label=row.label,
        title=row.title,
        first_year=row.first_year,
        last_year=row.last_year,
        adopted=row.adopted_on,
        source=row.source,
        published_at=row.published_at,
    )


def _strategy(row: models.StrategyVersion) -> Strategy:
    parts: dict[int | None, list[models.StrategyElement]] = {}
    for each in queries.elements_of(row):
        parts.setdefault(each.parent_id, []).append(each)

    def published(each: models.StrategyElement) -> Element:
        return Element(
            version=row.label,
            kind=each.kind,
            key=each.key,
            title=each.title,
            body=each.body,
            parent=Reference(each.parent.kind, each.parent.key) if each.parent else None,
            attributes=each.attributes,
            children=tuple(map(published, parts.get(each.pk, ()))),
        )

    return Strategy(_version(row), tuple(map(published, parts.get(None, ()))))


def _facts(strategy: Strategy) -> StrategyFacts:
    version = strategy.version
    return StrategyFacts(
        label=version.label,
        title=version.title,
        first_year=version.first_year,
        last_year=version.last_year,
        adopted=version.adopted.iso,
        source=version.source,
        elements=tuple(
            ElementFacts(each.kind, each.key, each.title, each.body, each.parent, each.attributes)
            for each in strategy.everything()
        ),
    )
