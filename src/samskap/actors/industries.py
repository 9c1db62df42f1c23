"""What codes of industry mean: their divisions and sections, by short titles of our own.

The codes and which section each division belongs to are those of NACE Rev. 2 (SN2007, SNI 2007) and
Rev. 2.1 (SN2025, SNI 2025), whose first two levels are the same in Norway and Sweden. Sources and
limits: docs/reference/industries.md.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from samskap.actors.models import CodeStandard
from samskap.kernel.languages import LANGUAGES
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIVISION: Final = 2
_COLUMN: Final = {
    CodeStandard.SN2007: "in_2007",
    CodeStandard.SNI2007: "in_2007",
    CodeStandard.SN2025: "in_2025",
    CodeStandard.SNI2025: "in_2025",
}


class Industry(NamedTuple):
    """A section ('C') or a division ('16') of a standard; a section is its own section."""

    code: str
    section: str
    title: LocalisedText


def industries(standard: str) -> Mapping[str, Industry]:
    """Return the sections and the divisions of ``standard`` by their codes, sections first."""
    return _industries(_COLUMN[CodeStandard(standard)])


def industry_of(standard: str, code: str) -> Industry | None:
    """Return the division that ``code`` belongs to, or the section it is; none if there is none.

    >>> industry_of("SN2025", "62.100").section
    'K'
    """
    return industries(standard).get(code[:_DIVISION])


def title_of(standard: str, code: str) -> LocalisedText:
    """Return the title of what ``code`` belongs to; empty when that is none we know."""
    found = industry_of(standard, code)
    return found.title if found else LocalisedText()


@cache
def _industries(column: str) -> dict[str, Industry]:
    text = resources.files("samskap.actors").joinpath("data/industries.csv").read_text("utf-8")
    return {
        row["code"]: Industry(row["code"], row[column], _title(row))
        for row in csv.DictReader(text.splitlines())
        if row[column]
    }


def _title(row: dict[str, str]) -> LocalisedText:
    return LocalisedText({language: row[language] for language in LANGUAGES})
