"""Read the places of a region folder, and say everything that is wrong with them at once."""

from samskap.evidence.reading.places import (
    OWN_LANGUAGE,
    check_places,
    name_of,
    read_places,
    schema,
)
from samskap.evidence.reading.sources import check_named_sources, check_sources, read_sources

__all__ = [
    "OWN_LANGUAGE",
    "check_named_sources",
    "check_places",
    "check_sources",
    "name_of",
    "read_places",
    "read_sources",
    "schema",
]
