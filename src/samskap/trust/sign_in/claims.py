"""What we take out of an answer: little, and never a national identity number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from stdnum.no import orgnr
from stdnum.se import personnummer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Claims that are, or may be, a national identity number or a token.
NEVER_KEPT: Final = frozenset(
    {
        "access_token",
        "id_token",
        "national_identity_number",
        "personal_identity_number",
        "personidentifier",
        "personnummer",
        "pid",
        "refresh_token",
        "ssn",
    }
)
# Organisation numbers as Peppol writes them: 0192 is Norway's register.
_IN_NORWAY: Final = re.compile(r"0192:(\d{9})")
# Norwegian ones have eleven digits, those of test people too, whose dates are none.
_NORWEGIAN: Final = re.compile(r"\d{6}\s?\d{5}")


def is_national_identity_number(text: str) -> bool:
    """Whether ``text`` is, or may be, a Norwegian or Swedish identity number.

    >>> [is_national_identity_number(text) for text in ("29888512345", "qD-kwgr3FcGA9zy4M7O_4Dco")]
    [True, False]
    """
    return bool(_NORWEGIAN.fullmatch(text.strip()) or personnummer.is_valid(text))


def kept(claims: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return those of ``names`` that are plain texts in ``claims``, and no identity number."""
    found = {name: claims.get(name) for name in names if name not in NEVER_KEPT}
    return {
        name: fact
        for name, fact in found.items()
        if isinstance(fact, str) and not is_national_identity_number(fact)
    }


def organisations(claims: Mapping[str, Any], *, resource: str) -> tuple[str, ...]:
    """Return the numbers of the organisations that ``claims`` let someone act for, in order.

    As Ansattporten tells it: ``authorization_details`` of the resource that was asked for, each
    with ``authorized_parties`` whose ``orgno`` is an identifier of ISO 6523.
    """
    found: dict[str, None] = {}
    for detail in _objects(claims.get("authorization_details")):
        if detail.get("resource") != resource:
            continue
        for party in _objects(detail.get("authorized_parties")):
            number = party.get("orgno")
            named = (
                _IN_NORWAY.fullmatch(str(number.get("ID"))) if isinstance(number, dict) else None
            )
            if named and orgnr.is_valid(named[1]):
                found[named[1]] = None
    return tuple(found)


def groups(claims: Mapping[str, Any], *, claim: str) -> frozenset[str]:
    """Return the groups that ``claims`` name."""
    named = claims.get(claim)
    return frozenset(str(each) for each in named) if isinstance(named, list) else frozenset()


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
