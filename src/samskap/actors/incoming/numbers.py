"""Organisation numbers as people and spreadsheets write them."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _
from stdnum.no import fodselsnummer

from samskap.kernel.identifiers import Country, clean_organisation_number
from samskap.kernel.remark import Remark

_AROUND: Final = re.compile(r"^(NO|SE)?[\s:]*|[\s]*(MVA|FORETAKSREGISTERET)$", re.IGNORECASE)
_AS_DECIMAL: Final = re.compile(r"^([0-9]{9,12})[.,]0+$")
_SHORTENED: Final = re.compile(r"^[0-9](?:[.,]([0-9]+))?E\+?([0-9]+)$", re.IGNORECASE)
_NORWEGIAN_LENGTH: Final = 9
_SWEDISH_LENGTH: Final = 10
# What stands before the ten digits: 16 of an organisation, the century of a person.
_CENTURIES: Final = ("16", "19", "20")
# Organisations of the tests and the demonstrations; no real one in Norway begins so.
OF_EXAMPLES: Final = "3"


class WrongNumberError(Exception):
    """What was written is no organisation's number; the argument is the remark that says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark)
        self.remark = remark


class PersonsNumberError(WrongNumberError):
    """What was written is somebody's own number: it is told to nobody and kept nowhere."""

    def __init__(self) -> None:
        super().__init__(
            Remark(_("The number is a person’s. A person is never an actor, so leave the row out."))
        )


def number_of(written: str, *, country: str = "") -> tuple[str, str]:
    """Return the digits and the country of a number; '' when nothing is written.

    Without ``country`` ten digits are Swedish. Spaces, points, an apostrophe, NO and MVA around it
    and a spreadsheet's ,0 behind it are passed over. Raises ``WrongNumberError``, and for a number
    that is somebody's own ``PersonsNumberError``.
    """
    text = written.strip().strip("'`\N{ACUTE ACCENT}\N{RIGHT SINGLE QUOTATION MARK}").strip()
    if not text:
        return "", country or Country.NORWAY
    digits = _digits(text)
    if _is_a_persons(digits):
        raise PersonsNumberError
    where = country or _country_of(digits)
    if where == Country.SWEDEN:
        digits = _swedish(digits)
    try:
        return clean_organisation_number(digits, country=where), where
    except ValidationError as wrong:
        raise WrongNumberError(_remark(text, digits, where)) from wrong


def _digits(text: str) -> str:
    shortened = _SHORTENED.match(text)
    if shortened:
        kept = shortened.group(1) or ""
        if len(kept) < int(shortened.group(2)):
            message = _(
                "The spreadsheet has shortened the number to “%(number)s”. Show the column as a "
                "number without decimals, and send the file again."
            )
            raise WrongNumberError(Remark(message, {"number": text}))
        return text[0] + kept[: int(shortened.group(2))]
    decimal = _AS_DECIMAL.match(text)
    bare = decimal.group(1) if decimal else _AROUND.sub("", text)
    return re.sub(r"[\s.\-–_]", "", bare)  # noqa: RUF001 - people write a dash, too


def _country_of(digits: str) -> Country:
    is_swedish = len(digits) == _SWEDISH_LENGTH or (
        len(digits) == _SWEDISH_LENGTH + 2 and digits.startswith("16")
    )
    return Country.SWEDEN if is_swedish else Country.NORWAY


def _is_a_persons(digits: str) -> bool:
    """Tell whether it is a Norwegian's own number, or a Swede's in ten digits or in twelve."""
    bare = _without_century(digits)
    # An organisation's third digit is 2 or more; below that it is somebody's month of birth.
    is_swedish = len(bare) == _SWEDISH_LENGTH and bare.isdigit() and bare[2] < "2"
    return is_swedish or bool(fodselsnummer.is_valid(digits))


def _swedish(digits: str) -> str:
    return _without_century(digits)


def _without_century(digits: str) -> str:
    is_long = len(digits) == _SWEDISH_LENGTH + 2 and digits.startswith(_CENTURIES)
    return digits[2:] if is_long else digits


def _remark(text: str, digits: str, country: str) -> Remark:
    right = _SWEDISH_LENGTH if country == Country.SWEDEN else _NORWEGIAN_LENGTH
    if not digits.isdigit() or len(digits) != right:
        message = _("“%(number)s” is not an organisation number of %(length)s digits.")
        return Remark(message, {"number": text, "length": right})
    message = _("The check digit of %(number)s is wrong. Look the number up in the register.")
    return Remark(message, {"number": digits})
