"""A sentence that is kept now and read later, in whichever language its reader has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Remark:
    """A message id, marked with ``gettext_noop`` where it is written, and what goes into it.

    As a string it is the sentence in the language of whoever reads.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.message) % dict(self.values)

    def kept(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {"message": self.message, "values": dict(self.values)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Remark:
        """Return what ``kept`` was made from."""
        return cls(kept["message"], kept.get("values", {}))
