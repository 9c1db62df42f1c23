"""Places and sources."""

from samskap.evidence.models.place import Level, Place
from samskap.evidence.models.source import Source

__all__ = ["Level", "Place", "Source"]
