"""Who should sit together, so that nothing that matters is missing."""

from samskap_analysis.composition.covering import Addition, additions, fewest_additions

__all__ = ["Addition", "additions", "fewest_additions"]
