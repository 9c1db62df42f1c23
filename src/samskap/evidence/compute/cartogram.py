"""Places as circles where they lie, when nobody has loaded their boundaries."""

from __future__ import annotations

from itertools import combinations
from math import hypot, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LARGEST: Final = 30.0
_SMALLEST: Final = 5.0
_GAP: Final = 2.0
_DOT: Final = 0.5


def radii(
    middles: Mapping[str, tuple[float, float]], values: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return the radius of each circle, so that no two touch.

    Parameters
    ----------
    middles : where each circle stands, in units of the page
    values : what each circle's area stands for, not negative; without it, all are as large

    A circle too small to see or to hit is drawn with a radius of five units, or half the way to its
    nearest neighbour where that is less: then its area says more than its value.

    >>> radii({"a": (0.0, 0.0), "b": (22.0, 0.0)}, {"a": 9.0, "b": 1.0})
    {'a': 15.0, 'b': 5.0}
    """
    sizes = {key: sqrt(values.get(key, 0.0)) if values else 1.0 for key in middles}
    pairs = [(one, other, _room(middles[one], middles[other])) for one, other in _pairs(middles)]
    least = min([_SMALLEST, *(room / 2 for _, _, room in pairs)])
    most = [_LARGEST / size for size in sizes.values() if size]
    for one, other, room in pairs:
        a, b = sizes[one], sizes[other]
        most += [room / (a + b)] if a + b else []
        most += [(room - least) / size for size in (a, b) if size]
    scale = min(most, default=0.0)
    return {key: round(max(scale * size, least, _DOT), 1) for key, size in sizes.items()}


def _pairs(keys: Iterable[str]) -> list[tuple[str, str]]:
    return list(combinations(keys, 2))


def _room(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(hypot(one[0] - other[0], one[1] - other[1]) - _GAP, 0.0)
