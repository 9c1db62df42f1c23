"""Steps that are done again only when what they depend on has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ground.places import PROJECT, RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One step: what it makes of which files, and how."""

    name: str
    work: Callable[[], None]
    inputs: tuple[Path, ...] = ()
    """Files, and folders with everything in them."""
    facts: tuple[str, ...] = ()
    """What else decides the result, such as the version of a program."""
    outputs: tuple[Path, ...] = ()
    """What must be there afterwards."""

    @property
    def is_done(self) -> bool:
        """Whether the result is there, made from these very inputs."""
        stamp = RECORDS / self.name
        return (
            stamp.exists()
            and stamp.read_text() == self._fingerprint
            and all(path.exists() for path in self.outputs)
        )

    def do(self) -> None:
        """Do the work if there is any, and remember what it was done from."""
        if self.is_done:
            return
        stamp = RECORDS / self.name
        stamp.unlink(missing_ok=True)
        self.work()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(self._fingerprint)

    @property
    def _fingerprint(self) -> str:
        digest = hashlib.sha256("\0".join(self.facts).encode(errors="surrogateescape"))
        for path in _files(self.inputs):
            digest.update(f"\0{path.relative_to(PROJECT)}\0".encode(errors="surrogateescape"))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def _files(inputs: Iterable[Path]) -> list[Path]:
    found: set[Path] = set()
    for path in inputs:
        found |= (
            {inner for inner in path.rglob("*") if inner.is_file()} if path.is_dir() else {path}
        )
    return sorted(path for path in found if path.exists() and "__pycache__" not in path.parts)
