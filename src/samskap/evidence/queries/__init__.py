"""What is read of the evidence, each through its access function."""

from samskap.evidence.queries.boundaries import (
    Outline,
    boundaries_of,
    boundaries_seen_by,
    neighbours_of,
    newest_boundaries,
)
from samskap.evidence.queries.places import (
    GROUPS,
    Region,
    UnknownPlaceError,
    inside,
    key_in_address,
    members_of,
    municipalities_of,
    place_by_code,
    places_by_code,
    places_in_address,
    places_on,
    places_seen_by,
    region_around,
    sources_seen_by,
)
from samskap.evidence.queries.relatives import Relatives, relatives_of, successor_of

__all__ = [
    "GROUPS",
    "Outline",
    "Region",
    "Relatives",
    "UnknownPlaceError",
    "boundaries_of",
    "boundaries_seen_by",
    "inside",
    "key_in_address",
    "members_of",
    "municipalities_of",
    "neighbours_of",
    "newest_boundaries",
    "place_by_code",
    "places_by_code",
    "places_in_address",
    "places_on",
    "places_seen_by",
    "region_around",
    "relatives_of",
    "sources_seen_by",
    "successor_of",
]
