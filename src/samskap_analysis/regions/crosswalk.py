"""Carry totals from one set of places over to another, losing nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

# How far from one the shares of a place may sum, being written with some decimals.
TOLERANCE: Final = 5e-6


class IncompleteWeightsError(ValueError):
    """The shares of some places do not sum to one; ``places`` names them, in order."""

    def __init__(self, places: Sequence[str]) -> None:
        """Keep the names."""
        super().__init__(", ".join(places))
        self.places = tuple(places)


class UnknownPlaceError(KeyError):
    """A step leads from or to a place that is in neither set, or its share is no share."""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """How much of each place before lies in each place after.

    ``weights`` is (n_before, n_after), each share from 0 to 1, each row summing to one: whatever
    is counted before is counted after, once.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    weights: NDArray[np.float64]

    def carry(self, totals: ArrayLike) -> NDArray[np.float64]:
        """Return ``totals`` of the places before as totals of the places after.

        Parameters
        ----------
        totals : (n_before,), or (n_before, k) for k things counted at once; things that add up,
            such as jobs or inhabitants. A share or a rate is carried as its two totals.

        The sum over places is the same before and after. Inputs are untouched.
        """
        counted = np.asarray(totals, dtype=np.float64)
        if counted.shape[:1] != (len(self.before),):
            raise ValueError(counted.shape)
        return np.asarray(self.weights.T @ counted)

    def then(self, following: Crosswalk) -> Crosswalk:
        """Return the crosswalk that takes both steps; the second begins where this one ends."""
        if self.after != following.before:
            raise ValueError(self.after, following.before)
        return Crosswalk(self.before, following.after, self.weights @ following.weights)

    def reversed(self) -> Crosswalk:
        """Return the way back, where nothing was merged.

        Raises ``IncompleteWeightsError`` for each place after that several came to: how much of
        it was whose cannot be told from the way there.
        """
        several = (self.weights > 0).sum(axis=0) != 1
        if several.any():
            raise IncompleteWeightsError(
                [name for name, is_merged in zip(self.after, several, strict=True) if is_merged]
            )
        return Crosswalk(self.after, self.before, (self.weights.T > 0).astype(np.float64))


def crosswalk(
    before: Sequence[str], after: Sequence[str], steps: Iterable[tuple[str, str, float]]
) -> Crosswalk:
    """Return the crosswalk from the places ``before`` to those ``after``.

    Parameters
    ----------
    before, after : names of places, each once in each set
    steps : (place before, place after, share of the first that went to the second). A place that
        was renamed or merged goes over whole, with share 1

    Raises ``IncompleteWeightsError`` when the shares of a place do not sum to one, and
    ``UnknownPlaceError`` when a step names a place that is not there or a share that is none.

    Examples
    --------
    Two merge, and one is divided:

    >>> walk = crosswalk("abc", "xyz", [("a", "x", 1), ("b", "x", 1), ("c", "y", 0.75),
    ...                                 ("c", "z", 0.25)])
    >>> walk.carry([10, 20, 40]).tolist()
    [30.0, 30.0, 10.0]
    """
    row = {name: number for number, name in enumerate(before)}
    column = {name: number for number, name in enumerate(after)}
    weights = np.zeros((len(row), len(column)))
    for one, other, share in steps:
        if one not in row or other not in column or not 0 <= share <= 1:
            raise UnknownPlaceError(one, other, share)
        weights[row[one], column[other]] += share
    sums = weights.sum(axis=1)
    lacking = np.abs(sums - 1) > TOLERANCE
    if lacking.any():
        raise IncompleteWeightsError([name for name in row if lacking[row[name]]])
    # What decimals left over or short is shared out, so that nothing is lost in the carrying.
    return Crosswalk(tuple(row), tuple(column), weights / sums[:, None])
