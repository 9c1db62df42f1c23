"""Pieces of a network side by side, and those without a tie around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GAP: Final = 1.5
_GOLDEN: Final = 2.399963  # radians: turning by it, no two tries lie in the same direction
_STRIDE: Final = 0.8


def packed(radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return centres (n, 2) for discs of ``radii``, the first at the origin, none over another.

    Each of the others is placed at the first free spot of a sunflower's seeds around the origin; a
    disc as large as the one before it looks on from there.
    """
    centres = np.zeros((len(radii), 2))
    seed = 0
    for disc in range(1, len(radii)):
        seed = seed if radii[disc] == radii[disc - 1] else seed // 2
        while not _is_free(_seed(seed), centres[:disc], radii[: disc + 1]):
            seed += 1
        centres[disc] = _seed(seed)
    return centres


def _seed(number: int) -> NDArray[np.float64]:
    away, turn = _STRIDE * np.sqrt(number), _GOLDEN * number
    return np.array([away * np.cos(turn), away * np.sin(turn)])


def _is_free(
    there: NDArray[np.float64], centres: NDArray[np.float64], radii: NDArray[np.float64]
) -> bool:
    apart = np.hypot(*(centres - there).T)
    return bool(np.all(apart >= radii[:-1] + radii[-1]))


def ranged_around(reach: float, count: int) -> NDArray[np.float64]:
    """Return ``count`` points (count, 2) in rings outside the circle of radius ``reach``.

    Each ring holds as many as stand 1.5 apart; the last is as evenly filled as the others.
    """
    points = np.zeros((count, 2))
    placed, radius = 0, reach + _GAP
    while placed < count:
        fits = max(1, int(2 * np.pi * radius / _GAP))
        here = min(fits, count - placed)
        turns = 2 * np.pi * np.arange(here) / here
        points[placed : placed + here] = radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        placed, radius = placed + here, radius + _GAP
    return points
