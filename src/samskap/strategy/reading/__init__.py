"""Read a region and its strategy, and say everything that is wrong with them at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from samskap.evidence.reading import check_places
from samskap.kernel.documents import Document, UnreadableDocumentError, read_document
from samskap.strategy.reading.region import check_region, region_facts
from samskap.strategy.reading.schemas import schema
from samskap.strategy.reading.strategy import check_strategy, strategy_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.kernel.documents import Fault
    from samskap.strategy.facts import RegionFacts, StrategyFacts

REGION_FILE: Final = "region.yaml"
STRATEGY_FILE: Final = "strategy.yaml"
PLACES_FILE: Final = "places.yaml"

__all__ = [
    "PLACES_FILE",
    "REGION_FILE",
    "STRATEGY_FILE",
    "check_path",
    "check_region",
    "check_strategy",
    "read_region",
    "read_strategy",
    "region_facts",
    "schema",
    "strategy_facts",
]


def read_region(path: Path | str) -> RegionFacts:
    """Read ``region.yaml``, held to ``places.yaml`` when that stands beside it.

    Raises ``UnreadableDocumentError`` with every fault at once.
    """
    document = read_document(path)
    _refuse(check_region(document, _beside(document, PLACES_FILE)))
    return region_facts(document)


def read_strategy(path: Path | str) -> StrategyFacts:
    """Read ``strategy.yaml``, held to ``region.yaml`` when that stands beside it.

    The region says in which languages every text must be, and which sub-regions and neighbours
    there are. Raises ``UnreadableDocumentError`` with every fault at once.
    """
    document = read_document(path)
    _refuse(check_strategy(document, _beside(document, REGION_FILE)))
    return strategy_facts(document)


def check_path(path: Path | str) -> list[Fault]:
    """Return every fault of a region folder, or of one file of it; an empty list means clean.

    Of a folder, the region's own facts, its strategy and its places are read. A file called
    ``region.yaml`` is taken for the region's facts, any other for a strategy.
    """
    path = Path(path)
    if path.is_dir():
        names = [REGION_FILE, STRATEGY_FILE]
        if (path / PLACES_FILE).exists():
            names.append(PLACES_FILE)
        return sorted(fault for name in names for fault in _check_file(path / name))
    return _check_file(path)


def _check_file(path: Path) -> list[Fault]:
    try:
        document = read_document(path)
    except UnreadableDocumentError as unreadable:
        return list(unreadable.faults)
    match path.name:
        case "region.yaml":
            return check_region(document, _beside(document, PLACES_FILE))
        case "places.yaml":
            return check_places(document)
    return check_strategy(document, _beside(document, REGION_FILE))


def _beside(document: Document, name: str) -> Document | None:
    """Return the readable document of that name in the same folder; its own check tells more."""
    try:
        return read_document(document.path.parent / name)
    except UnreadableDocumentError:
        return None


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise UnreadableDocumentError(faults)
