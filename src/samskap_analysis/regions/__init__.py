"""Regions through time: what was counted in one set of places, told in another.

Methods, examples and limits are told in docs/methods/crosswalks.md.
"""

from samskap_analysis.regions.crosswalk import (
    Crosswalk,
    IncompleteWeightsError,
    UnknownPlaceError,
    crosswalk,
)

__all__ = ["Crosswalk", "IncompleteWeightsError", "UnknownPlaceError", "crosswalk"]
