"""What Kartverket, Norway’s mapping authority, says of where municipalities and counties end."""

from samskap.connectors.kartverket.client import (
    Kartverket,
    KartverketUnavailableError,
    UnknownCodeError,
    kartverket,
)
from samskap.connectors.kartverket.parse import UnexpectedAnswerError

__all__ = [
    "Kartverket",
    "KartverketUnavailableError",
    "UnexpectedAnswerError",
    "UnknownCodeError",
    "kartverket",
]
