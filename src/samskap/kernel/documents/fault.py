"""One thing that is wrong in a document, said so that a person can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where, and what to do about it, in the language that was active.

    ``line`` counts from 1 and is 0 when the file itself is the fault.
    """

    path: Path
    line: int
    sentence: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.sentence} {self.remedy}"


class UnreadableDocumentError(Exception):
    """The file cannot be read as a document; ``faults`` says why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of their lines."""
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))
