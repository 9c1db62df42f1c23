"""How all nodes push each other away: exactly for few, over a grid for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.fft import irfft2, rfft2

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EXACT_AT_MOST: Final = 600
_CELLS: Final = 192  # along each side of the grid
_SOFT: Final = 1e-6


def repulsion(points: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the push on each point, (n, 2): over the others, their mass over their distance.

    Work grows with the square of n up to 600 points, and with n above.
    """
    if len(points) <= _EXACT_AT_MOST:
        return pairwise(points, mass)
    return over_a_grid(points, mass)


def pairwise(points: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the push on each point, pair by pair."""
    x = points[:, 0, None] - points[None, :, 0]
    y = points[:, 1, None] - points[None, :, 1]
    weight = mass[None, :] / (x * x + y * y + _SOFT)
    return np.stack([(weight * x).sum(axis=1), (weight * y).sum(axis=1)], axis=1)


def over_a_grid(
    points: NDArray[np.float64], mass: NDArray[np.float64], *, cells: int = _CELLS
) -> NDArray[np.float64]:
    """Return the push on each point, with the masses gathered in the corners of a grid.

    Each mass is shared among the four corners around it, the push of all corners on all corners is
    one convolution (by Fourier transform), and each point reads it from its four corners. Points
    in one cell hardly push each other: a few hundredths of the whole, and ``spaced`` parts them.
    """
    low = points.min(axis=0)
    cell = max(float((points.max(axis=0) - low).max()) / (cells - 1.001), 1e-9)
    corner, share = _corners((points - low) / cell, cells)
    density = np.bincount(corner.ravel(), (share * mass[:, None]).ravel(), minlength=cells**2)
    spectrum = rfft2(density.reshape(cells, cells), s=(2 * cells, 2 * cells))
    push = np.empty_like(points)
    for axis, kernel in enumerate(_kernels(cells)):
        field = irfft2(spectrum * kernel, s=(2 * cells, 2 * cells))[:cells, :cells]
        push[:, axis] = (field.ravel()[corner] * share).sum(axis=1) / cell
    return push


def _corners(at: NDArray[np.float64], cells: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the four corners around each point, and how the point is shared among them."""
    whole = at.astype(np.int64)
    x, y = (at - whole).T
    first = whole[:, 0] * cells + whole[:, 1]
    corner = np.stack([first, first + 1, first + cells, first + cells + 1], axis=1)
    share = np.stack([(1 - x) * (1 - y), (1 - x) * y, x * (1 - y), x * y], axis=1)
    return corner, share


def _kernels(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Return the spectra of the push of a unit mass, a cell's width as the unit of length."""
    known = _KERNELS.get(cells)
    if known is None:
        steps = np.fft.fftfreq(2 * cells, d=1 / (2 * cells))
        x, y = np.meshgrid(steps, steps, indexing="ij")
        squared = x * x + y * y
        squared[0, 0] = 1.0
        known = _KERNELS[cells] = (rfft2(x / squared), rfft2(y / squared))
    return known


_KERNELS: dict[int, tuple[NDArray[np.complex128], NDArray[np.complex128]]] = {}
