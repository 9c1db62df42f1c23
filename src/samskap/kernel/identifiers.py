"""Organisation numbers: what they are, and whether one can be right."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.no import orgnr
from stdnum.se import orgnr as swedish_orgnr

# Forms in which somebody trades as themselves: the register's codes.
FORMS_OF_PERSONS: Final = frozenset({"ENK", "PERS"})


class Country(StrEnum):
    """Countries whose registers we know."""

    NORWAY = "NO"
    SWEDEN = "SE"


def clean_organisation_number(number: str, *, country: str = Country.NORWAY) -> str:
    """Return ``number`` as digits alone.

    Raises ``ValidationError`` with a sentence for the reader when the length or the check digit
    is wrong. A right check digit does not mean that the number is in use.
    """
    register = swedish_orgnr if country == Country.SWEDEN else orgnr
    try:
        return str(register.validate(number))
    except NumberError as wrong:
        raise ValidationError(
            _("“%(number)s” is not an organisation number: check the digits.") % {"number": number},
            code="organisation_number",
        ) from wrong


def spaced_number(number: str, *, country: str = Country.NORWAY) -> str:
    """Write an organisation number as people read it, Swedish ones in their own way.

    >>> spaced_number("938801363"), spaced_number("5560360793", country="SE")
    ('938 801 363', '556036-0793')
    """
    if country == Country.SWEDEN:
        return f"{number[:6]}-{number[6:]}" if number else ""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))
