"""What may be spent on a file that somebody sent: it grows with the file, and begins small.

A file of a few kilobytes that unfolds into gigabytes gets what a few kilobytes are worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MB: Final = 1024 * 1024
LEAST_MEMORY: Final = 200 * _MB  # bytes of address space, the interpreter's own among them
MOST_MEMORY: Final = 1536 * _MB
LEAST_SECONDS: Final = 2  # of the processor
MOST_SECONDS: Final = 90
# A table of 20 MB, the largest we read, comes to about what stood here before as fixed numbers.
_MEMORY_TIMES: Final = 67
_SECONDS_PER_MB: Final = 4.4
# What is told of a file may be larger than the file, but not without end.
MOST_TOLD: Final = 1024 * _MB
# By the clock: a machine with other work to do is slower than its processor.
_PATIENCE: Final = 10


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes of memory, seconds of the processor, and seconds by the clock."""

    memory: int
    seconds: int
    patience: int


def allowance(size: int) -> Allowance:
    """Return what a file of ``size`` bytes may take.

    >>> allowance(0)
    Allowance(memory=209715200, seconds=2, patience=20)
    >>> allowance(20 * 1024 * 1024).seconds
    90
    """
    seconds = min(MOST_SECONDS, LEAST_SECONDS + int(size / _MB * _SECONDS_PER_MB))
    memory = min(MOST_MEMORY, LEAST_MEMORY + size * _MEMORY_TIMES)
    return Allowance(memory, seconds, seconds * _PATIENCE)
