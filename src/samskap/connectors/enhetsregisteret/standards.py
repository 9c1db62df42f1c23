"""Which standard a register file codes industries by: it does not say.

The register went from SN2007 to SN2025 in the course of 2025, whole, so one file holds one of
them. Most codes are in both, some mean something else, and the file's own codes tell: one that
SN2025 does not have makes it SN2007. A file without such a code is SN2025, as files are today.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from samskap.actors.models import CodeStandard

if TYPE_CHECKING:
    from collections.abc import Iterable


def standard_of(codes: Iterable[str]) -> CodeStandard:
    """Return the standard that all of ``codes``, five digits each, can be of."""
    known = _of_2025()
    return CodeStandard.SN2025 if all(code in known for code in codes) else CodeStandard.SN2007


@cache
def _of_2025() -> frozenset[str]:
    """Return the codes of SN2025's lowest level: 736, as Statistics Norway has them."""
    folder = resources.files("samskap.connectors.enhetsregisteret")
    return frozenset((folder / "data" / "sn2025-codes.txt").read_text("ascii").split())
