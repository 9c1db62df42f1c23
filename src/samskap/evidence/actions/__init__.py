"""Bring places, their boundaries and their sources in, and keep them right."""

from samskap.evidence.actions.boundaries import load_boundaries
from samskap.evidence.actions.neighbours import tie_neighbours
from samskap.evidence.actions.places import edit_place, load_places, register_place
from samskap.evidence.actions.sources import (
    UnknownSourceError,
    edit_source,
    load_sources,
    register_source,
)
from samskap.evidence.queries import UnknownPlaceError

__all__ = [
    "UnknownPlaceError",
    "UnknownSourceError",
    "edit_place",
    "edit_source",
    "load_boundaries",
    "load_places",
    "load_sources",
    "register_place",
    "register_source",
    "tie_neighbours",
]
