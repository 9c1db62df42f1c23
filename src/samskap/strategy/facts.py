"""What a region folder says, checked and ready to be loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samskap.kernel.text import LocalisedText


class Reference(NamedTuple):
    """What names an element within a version: its kind and its key."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class SubRegionFacts:
    """Municipalities that belong together; the codes are those of today."""

    key: str
    name: LocalisedText
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeighbourFacts:
    """A region next door, as the codes of its county or municipalities."""

    key: str
    name: LocalisedText
    country: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """What ``region.yaml`` says."""

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
    sub_regions: tuple[SubRegionFacts, ...]
    neighbours: tuple[NeighbourFacts, ...]
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ElementFacts:
    """One thing the strategy says; ``parent`` comes before it in the strategy's elements."""

    kind: str
    key: str
    title: LocalisedText
    body: LocalisedText
    parent: Reference | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> Reference:
        """What names this element within its version."""
        return Reference(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class StrategyFacts:
    """What ``strategy.yaml`` says; the years are both included, the elements in their order.

    ``adopted`` is '2024-03-15', or '2024-03' when the day is not known.
    """

    label: str
    title: LocalisedText
    first_year: int
    last_year: int
    adopted: str
    source: LocalisedText
    elements: tuple[ElementFacts, ...]

    @property
    def digest(self) -> str:
        """A fingerprint of all that the strategy says, in 64 hexadecimal digits."""
        said = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()
