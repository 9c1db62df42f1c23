"""Places, their boundaries and neighbours, and sources."""

from samskap.evidence.models.boundary import Boundary, Neighbour
from samskap.evidence.models.handover import Handover
from samskap.evidence.models.place import Level, Place
from samskap.evidence.models.source import Source

__all__ = ["Boundary", "Handover", "Level", "Neighbour", "Place", "Source"]
