"""The one way a benchmark here measures and prints.

It says what was compared, on the same work in the same run; then a line ``name value unit`` for
each figure; and last one line, ``ratio N`` or ``worst p95 N ms``, that a program can read.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MILLISECONDS = 1000.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the rounds of one piece of work took, in milliseconds."""

    rounds_ms: tuple[float, ...]

    @property
    def p50_ms(self) -> float:
        """Half of the rounds took this long or less."""
        return statistics.median(self.rounds_ms)

    @property
    def p95_ms(self) -> float:
        """Nineteen of twenty rounds took this long or less; of few rounds, the slowest."""
        ordered = sorted(self.rounds_ms)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def side_by_side(works: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Timing]:
    """Time each work in turn, ``rounds`` times over, after one round that does not count.

    In turn, so that a machine that grows slow or busy does so for all of them; with the garbage
    collector off, so that none pays for another's litter.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for name, work in works.items():
        work()
        taken[name].clear()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, work in works.items():
                begun = time.perf_counter()
                work()
                taken[name].append((time.perf_counter() - begun) * _MILLISECONDS)
    finally:
        gc.enable()
    return {name: Timing(tuple(rounds_ms)) for name, rounds_ms in taken.items()}


def compared(sentence: str) -> None:
    """Say what was compared, and on what."""
    _line(sentence)


def figure(name: str, value: float, unit: str) -> None:
    """Print one figure: ``api_p50 12.31 ms``; a name has no spaces."""
    _line(f"{name} {value:.2f} {unit}")


def figures(timings: Mapping[str, Timing]) -> None:
    """Print the median and the 95th percentile of each work."""
    for name, timing in timings.items():
        figure(f"{name}_p50", timing.p50_ms, "ms")
        figure(f"{name}_p95", timing.p95_ms, "ms")


def ratio(ours: Timing, other: Timing) -> None:
    """Print the last line: how many times as long ours took, median to median."""
    _line(f"ratio {ours.p50_ms / other.p50_ms:.2f}")


def worst_p95(timings: Mapping[str, Timing]) -> None:
    """Print the last line: the 95th percentile of the slowest."""
    _line(f"worst p95 {max(timing.p95_ms for timing in timings.values()):.2f} ms")


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
