"""Ask Kartverket about one municipality or county."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from samskap.connectors.kartverket.parse import UnexpectedAnswerError, read_outline
from samskap.kernel.http import OutgoingClient, outgoing_client

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

BASE: Final = "https://ws.geonorge.no/kommuneinfo/v1"
# A municipality of a thousand islands is some megabytes, and slow.
_DEADLINE_S: Final = 60.0
_LARGEST: Final = 60_000_000
_CODE: Final = re.compile(r"\d{2}|\d{4}")
_NOT_HERE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST})


class UnknownCodeError(LookupError):
    """Kartverket knows no municipality and no county by this code today."""


class KartverketUnavailableError(Exception):
    """Kartverket answered, but not with an answer; the argument is the status."""


@dataclass(frozen=True, slots=True)
class Kartverket:
    """The service kommuneinfo at an address, asked through a client."""

    client: OutgoingClient
    base: str = BASE

    def outline_of(self, code: str) -> MultiPolygon:
        """Return the outline, in degrees, of the municipality (4 digits) or county (2) ``code``.

        Raises ``UnknownCodeError`` when there is none by that code, ``UnexpectedAnswerError`` or
        ``KartverketUnavailableError`` when the answer cannot be used, and a kind of
        ``OutgoingError`` when there is none.
        """
        if not _CODE.fullmatch(code):
            raise UnknownCodeError(code)
        kind = "fylker" if len(code) == len("31") else "kommuner"
        answer = self.client.get(f"{self.base}/{kind}/{code}/omrade?utkoordsys=4258")
        if answer.status in _NOT_HERE:
            raise UnknownCodeError(code)
        if answer.status != HTTPStatus.OK:
            raise KartverketUnavailableError(answer.status)
        try:
            payload = answer.json()
        except ValueError as wrong:
            raise UnexpectedAnswerError("$") from wrong
        return read_outline(payload, code=code)


def kartverket() -> Kartverket:
    """Return the service itself, asked as this installation may ask."""
    return Kartverket(outgoing_client(deadline_s=_DEADLINE_S, largest=_LARGEST))
