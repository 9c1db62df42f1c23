"""The invented people of a demonstration, and passwords made for one installation."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext as _

from samskap.kernel.documents import UnreadableDocumentError, check_against, read_document
from samskap.trust.models import Role, Standing
from samskap.trust.rules import FOR_THE_PARTNERSHIP

if TYPE_CHECKING:
    from pathlib import Path

    from samskap.kernel.documents import Document, Fault
    from samskap.kernel.languages import Language

# Read aloud without a slip: no letter or sound that is taken for another.
_CONSONANTS: Final = "bdfgkmnprstv"
_VOWELS: Final = "aeiou"
_GROUPS: Final = 4


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Someone who does not exist; ``acts_for`` is an invented actor's key, or the partnership."""

    name: str
    email: str
    language: Language
    role: Role
    standing: Standing | None
    acts_for: str | None


def make_password() -> str:
    """Return four pronounceable groups ('bado-kire-nuso-vapi'): 12 x 5 x 12 x 5, four times.

    47 bits from the operating system's own source, which is ample behind a throttled sign-in.
    """
    return "-".join(
        "".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2)
        for _ in range(_GROUPS)
    )


def read_people(path: Path) -> list[InventedPerson]:
    """Read the invented people of a region folder (``demo/people.yaml``).

    Raises ``UnreadableDocumentError`` with every fault at once.
    """
    document = read_document(path)
    faults = [*check_against(document, schema()), *_own_faults(document)]
    if faults:
        raise UnreadableDocumentError(faults)
    return [_invented(entry) for entry in document.data["people"]]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``demo/people.yaml``."""
    text = resources.files("samskap.trust").joinpath("schema/demo-people.schema.json").read_text()
    return cast("dict[str, Any]", json.loads(text))


def _invented(entry: dict[str, Any]) -> InventedPerson:
    return InventedPerson(
        name=entry["name"],
        email=entry["email"],
        language=entry["language"],
        role=Role(entry["role"]),
        standing=Standing(entry["standing"]) if "standing" in entry else None,
        acts_for=entry.get("acts-for"),
    )


def _own_faults(document: Document) -> list[Fault]:
    """Return what no schema can say: two with one address, or one who acts for too much."""
    people = document.data.get("people") if isinstance(document.data, dict) else None
    faults, seen = [], set()
    for position, entry in enumerate(people if isinstance(people, list) else []):
        if not isinstance(entry, dict):
            continue
        email = str(entry.get("email", "")).lower()
        if email in seen:
            faults.append(_shared_address(document, position, email))
        if "acts-for" in entry and entry.get("role") in FOR_THE_PARTNERSHIP:
            faults.append(_acts_for_too_much(document, position, entry["role"]))
        seen.add(email)
    return faults


def _shared_address(document: Document, position: int, email: str) -> Fault:
    return document.fault(
        "people",
        position,
        "email",
        sentence=_("Two people have the address “%(email)s”.") % {"email": email},
        remedy=_("Give each their own: an account is known by its address."),
    )


def _acts_for_too_much(document: Document, position: int, role: str) -> Fault:
    return document.fault(
        "people",
        position,
        "acts-for",
        sentence=_("“%(role)s” is a role in the partnership itself.") % {"role": role},
        remedy=_("Remove “acts-for”, or choose another role."),
    )
