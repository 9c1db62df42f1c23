"""Read the register's answer about one organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.kernel.identifiers import Country

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnexpectedAnswerError(Exception):
    """The register's answer has not the shape it is documented to have; the argument says where."""


@dataclass(frozen=True, slots=True)
class RegisteredEntity:
    """An organisation as the register has it.

    ``name`` is in the register's own writing, mostly capitals. ``municipality`` is the code of its
    business address, '' when that is abroad or unknown; a deleted entity has none.
    ``is_winding_up`` is true of a voluntary end as of a forced one.
    """

    number: str
    name: str
    legal_form: str
    municipality: str
    deleted_on: dt.date | None
    is_bankrupt: bool
    is_winding_up: bool

    @property
    def is_alive(self) -> bool:
        """Whether it goes on: neither deleted, bankrupt nor winding up."""
        return not (self.deleted_on or self.is_bankrupt or self.is_winding_up)


def read_entity(payload: Any) -> RegisteredEntity:
    """Return the entity or sub-entity that ``payload``, one decoded JSON answer, tells of.

    A deleted one has few fields: what is missing is taken as not said. A date may be an empty
    string. Raises ``UnexpectedAnswerError`` when number, name or legal form is not there.
    """
    if not isinstance(payload, dict):
        raise UnexpectedAnswerError("$")
    return RegisteredEntity(
        number=_text(payload, "organisasjonsnummer"),
        name=_text(payload, "navn"),
        legal_form=_text(_object(payload, "organisasjonsform"), "kode"),
        municipality=_municipality(payload),
        deleted_on=_day(payload, "slettedato"),
        is_bankrupt=payload.get("konkurs") is True,
        is_winding_up=payload.get("underAvvikling") is True
        or payload.get("underTvangsavviklingEllerTvangsopplosning") is True,
    )


def _municipality(payload: Mapping[str, Any]) -> str:
    """Return the code of where it is; a sub-entity says it in a field of another name."""
    for key in ("forretningsadresse", "beliggenhetsadresse"):
        address = payload.get(key)
        if isinstance(address, dict) and address.get("landkode") == Country.NORWAY:
            return str(address.get("kommunenummer") or "")
    return ""


def _text(payload: Mapping[str, Any], key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UnexpectedAnswerError(key)
    return value.strip()


def _object(payload: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = payload.get(key)
    if not isinstance(value, dict):
        raise UnexpectedAnswerError(key)
    return value


def _day(payload: Mapping[str, Any], key: str) -> dt.date | None:
    written = payload.get(key)
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except (TypeError, ValueError) as wrong:
        raise UnexpectedAnswerError(key) from wrong
