"""Throws that come out the same for the same seed, on every machine."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_Option = TypeVar("_Option")
_BYTES = 64


class Dice:
    """A supply of choices that a seed decides; 512 bits of them, some sixty choices."""

    __slots__ = ("_bits",)

    def __init__(self, *seed: str | int) -> None:
        self._bits = int.from_bytes(blake2b(repr(seed).encode(), digest_size=_BYTES).digest())

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to just under ``limit``."""
        self._bits, thrown = divmod(self._bits, limit)
        return thrown

    def is_one_in(self, chances: int) -> bool:
        """Whether the one of so many chances came up."""
        return self.below(chances) == 0

    def pick(self, options: Sequence[_Option]) -> _Option:
        """Return one of ``options``, each as likely as the others."""
        return options[self.below(len(options))]
