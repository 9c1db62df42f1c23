"""Maximum coverage and minimum set cover over a handful of gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# 2 to the number of gaps is what an exact search may have to look at.
MOST_GAPS: Final = 20


@dataclass(frozen=True, slots=True)
class Addition:
    """One candidate that is added. ``closes`` are the gaps it closes that nobody before it did."""

    candidate: int
    closes: tuple[int, ...]


def additions(covers: NDArray[np.bool_], *, at_most: int) -> tuple[Addition, ...]:
    """Add candidates one by one, each the one that closes most of what is still open.

    Parameters
    ----------
    covers : (n_candidates, n_gaps), whether a candidate closes a gap. Candidates stand in the
        order in which they are preferred: of two that close as many, the first is added.
    at_most : how many are added; fewer, when no more gaps can be closed

    Returns
    -------
    The additions in their order. Together they close at least 1 - 1/e (63 %) of what the best
    choice of as many would close (Nemhauser, Wolsey and Fisher 1978).

    Raises
    ------
    ValueError
        ``covers`` is not a table.

    Examples
    --------
    >>> import numpy as np
    >>> covers = np.array([[1, 1, 0, 0], [0, 1, 1, 1], [1, 0, 0, 0]], dtype=bool)
    >>> [(each.candidate, each.closes) for each in additions(covers, at_most=3)]
    [(1, (1, 2, 3)), (0, (0,))]
    """
    _require_table(covers)
    still_open = covers.any(axis=0)
    added = []
    for _ in range(at_most):
        closing = covers & still_open
        counts = closing.sum(axis=1)
        if not counts.any():
            break
        best = int(np.argmax(counts))
        added.append(Addition(best, tuple(map(int, np.flatnonzero(closing[best])))))
        still_open &= ~covers[best]
    return tuple(added)


def fewest_additions(covers: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the fewest candidates that together close every gap that anyone closes.

    Parameters
    ----------
    covers : (n_candidates, n_gaps), whether a candidate closes a gap, at most 20 gaps. Candidates
        stand in the order in which they are preferred.

    Returns
    -------
    Row numbers, in their order; of choices of as few, the one whose numbers come first. Exact: a
    breadth-first search over the sets of gaps that can be closed.

    Raises
    ------
    ValueError
        ``covers`` is not a table, or has more than 20 gaps.

    Examples
    --------
    >>> import numpy as np
    >>> covers = np.array([[1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 1]], dtype=bool)
    >>> fewest_additions(covers)
    (1, 2)
    """
    _require_table(covers)
    if covers.shape[1] > MOST_GAPS:
        message = f"{covers.shape[1]} gaps are more than {MOST_GAPS}"
        raise ValueError(message)
    masks = _masks(covers)
    wanted = 0
    for mask in masks:
        wanted |= mask
    # The first candidate with a mask stands for all that have the same.
    first = {mask: row for row, mask in reversed(list(enumerate(masks))) if mask}
    reached: dict[int, tuple[int, ...]] = {0: ()}
    while wanted not in reached:
        reached = _one_more(reached, first)
    return reached[wanted]


def _one_more(
    reached: dict[int, tuple[int, ...]], first: dict[int, int]
) -> dict[int, tuple[int, ...]]:
    """Return what is reached with one candidate more, each by the choice that comes first."""
    further: dict[int, tuple[int, ...]] = {}
    for closed, chosen in reached.items():
        for mask, row in first.items():
            if mask & ~closed:
                choice = tuple(sorted((*chosen, row)))
                both = closed | mask
                further[both] = min(choice, further.get(both, choice))
    return further


def _masks(covers: NDArray[np.bool_]) -> list[int]:
    """Return each row as a number whose bits are the gaps it closes."""
    weights = 1 << np.arange(covers.shape[1], dtype=np.int64)
    return [int(mask) for mask in covers.astype(np.int64) @ weights]


def _require_table(covers: NDArray[np.bool_]) -> None:
    if covers.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"a table of candidates and gaps is asked for, not {covers.ndim} dimensions"
        raise ValueError(message)
