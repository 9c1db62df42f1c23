"""A head: the newest seal, signed, so that whoever has kept one can find what was rewritten since.

It is a file that stands by itself (docs/reference/audit-log.md).
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from samskap.trust.log.keys import in_text, is_signed

if TYPE_CHECKING:
    from samskap.trust.models import LogHead

FORM: Final = "samskap-log-head-1"


class UnreadableHeadError(Exception):
    """The file is no head; the argument says in words what it lacks."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of a log when it was signed."""

    site: str
    sequence: int
    hash: bytes
    made_at: datetime
    public_key: bytes
    signature: bytes = b""

    @property
    def signed(self) -> bytes:
        """What the signature is of: five lines of text, each with its line feed."""
        made_at = self.made_at.isoformat()
        lines = (FORM, self.site, str(self.sequence), self.hash.hex(), made_at)
        return "".join(f"{line}\n" for line in lines).encode()

    @property
    def is_signed(self) -> bool:
        """Whether it is signed with the key that stands in it."""
        return is_signed(self.signed, signature=self.signature, by=self.public_key)

    def facts(self) -> dict[str, Any]:
        """Return what stands in the file."""
        return {
            "form": FORM,
            "site": self.site,
            "sequence": self.sequence,
            "hash": self.hash.hex(),
            "made_at": self.made_at.isoformat(),
            "public_key": in_text(self.public_key),
            "signature": in_text(self.signature),
        }

    def __str__(self) -> str:
        return json.dumps(self.facts(), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def of(cls, row: LogHead) -> Head:
        """Return what a row says, its moment in UTC."""
        return cls(
            site=row.site,
            sequence=row.sequence,
            hash=bytes(row.hash),
            made_at=row.made_at,
            public_key=bytes(row.public_key),
            signature=bytes(row.signature),
        )


def read_head(content: bytes) -> Head:
    """Read a head from its file; whether it is signed is another question.

    Raises ``UnreadableHeadError``.
    """
    try:
        facts = json.loads(content)
    except ValueError as error:
        raise UnreadableHeadError("it is not JSON") from error
    if not isinstance(facts, dict) or facts.get("form") != FORM:
        raise UnreadableHeadError(f"it does not say that its form is {FORM}")
    try:
        return Head(
            site=str(facts["site"]),
            sequence=int(facts["sequence"]),
            hash=bytes.fromhex(facts["hash"]),
            made_at=datetime.fromisoformat(facts["made_at"]),
            public_key=base64.b64decode(facts["public_key"], validate=True),
            signature=base64.b64decode(facts["signature"], validate=True),
        )
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise UnreadableHeadError(f"its {error} is not as it should be") from error
