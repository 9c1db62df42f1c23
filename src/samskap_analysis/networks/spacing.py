"""Points that lie on each other are moved apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

_APART: Final = 0.9
_ROUNDS: Final = 40


def spaced(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``points`` (n, 2) with those nearer than 0.9 to each other pushed apart.

    Each near pair is moved half of what it lacks, over forty rounds; in a crowd a little may still
    be lacking. Points on the same spot leave it in directions told by their numbers.
    """
    placed = points.copy()
    for _ in range(_ROUNDS):
        near = KDTree(placed).query_pairs(_APART, output_type="ndarray")
        if len(near) == 0:
            break
        between = placed[near[:, 1]] - placed[near[:, 0]]
        between += _nudge(near) * (np.hypot(*between.T) < 1e-9)[:, None]  # noqa: PLR2004
        length = np.hypot(*between.T)
        push = between * ((_APART - length) / (2 * length))[:, None] * 0.6
        for axis in (0, 1):
            placed[:, axis] += np.bincount(near[:, 1], push[:, axis], minlength=len(placed))
            placed[:, axis] -= np.bincount(near[:, 0], push[:, axis], minlength=len(placed))
    return placed


def _nudge(near: NDArray[np.int64]) -> NDArray[np.float64]:
    turn = 2.399963 * (near[:, 0] + near[:, 1])  # the golden angle: no two alike
    return 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
