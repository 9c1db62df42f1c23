"""Ask the register about one number."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from samskap.connectors.enhetsregisteret.parse import (
    RegisteredEntity,
    UnexpectedAnswerError,
    read_entity,
)
from samskap.kernel.http import Answer, OutgoingClient, outgoing_client
from samskap.kernel.identifiers import clean_organisation_number

BASE: Final = "https://data.brreg.no/enhetsregisteret/api"
# Without a version in the question the newest is given, whatever that will be one day.
_ACCEPT: Final = "application/vnd.brreg.enhetsregisteret.{kind}.v2+json;charset=UTF-8"
_NOT_HERE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class UnknownNumberError(LookupError):
    """The register knows nobody with this number, or has removed whoever had it."""


class RegisterUnavailableError(Exception):
    """The register answered, but not with an answer; the argument is the status."""


@dataclass(frozen=True, slots=True)
class Register:
    """Enhetsregisteret at an address, asked through a client."""

    client: OutgoingClient
    base: str = BASE

    def look_up(self, number: str) -> RegisteredEntity:
        """Return what the register says of an organisation number now.

        A number that is no main entity's is looked for among the sub-entities. Raises
        ``ValidationError`` when the number cannot be one, ``UnknownNumberError`` when nobody has
        it, ``UnexpectedAnswerError`` or ``RegisterUnavailableError`` when the answer cannot be
        used, and a kind of ``OutgoingError`` when there is none.
        """
        number = clean_organisation_number(number)
        for path, kind in (("enheter", "enhet"), ("underenheter", "underenhet")):
            answer = self.client.get(
                f"{self.base}/{path}/{number}", accept=_ACCEPT.format(kind=kind)
            )
            if answer.status not in _NOT_HERE:
                return _entity(answer, number)
        raise UnknownNumberError(number)


def the_register() -> Register:
    """Return the register itself, asked as this installation may ask."""
    return Register(outgoing_client())


def _entity(answer: Answer, number: str) -> RegisteredEntity:
    if answer.status != HTTPStatus.OK:
        raise RegisterUnavailableError(answer.status)
    try:
        payload = answer.json()
    except ValueError as wrong:
        raise UnexpectedAnswerError("$") from wrong
    entity = read_entity(payload)
    if entity.number != number:
        raise UnexpectedAnswerError("organisasjonsnummer")
    return entity
