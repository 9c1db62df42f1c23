"""Which industry codes an address or a word asks for, whatever standard they are written in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from samskap.actors.industries import Industry, industries
from samskap.actors.models import CodeStandard
from samskap.kernel.folding import searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from samskap.kernel.text import LocalisedText

# The standard whose sections we speak of; Sweden's has the same.
TODAY: Final = CodeStandard.SN2025
_OLDER: Final = CodeStandard.SN2007
# No two digits stand after it, so it is never the end of a run.
_LAST: Final = 99
_KEY: Final = re.compile(r"(?:(SNI?20(?:07|25))-)?([A-V]|[0-9]{2}(?:\.[0-9]{1,3})?)", re.ASCII)
_CODE: Final = re.compile(r"[0-9]{2}(?:\.[0-9]{1,3})?", re.ASCII)


def sections() -> dict[str, LocalisedText]:
    """Return the titles of today's sections by their letters."""
    return {code: each.title for code, each in industries(TODAY).items() if code.isalpha()}


def section_of(standard: str, code: str) -> str:
    """Return the section of today that ``code`` of ``standard`` lies in; '' when in none.

    A division that is gone lies where it lay. A code that is no more than an older section's
    letter lies where the first division of that section is today.

    >>> section_of("SN2007", "62.010"), section_of("SN2007", "K"), section_of("SN2007", "45.111")
    ('K', 'L', 'G')
    """
    if not code.isalpha():
        return _sections_of_divisions().get(code[:2], "")
    divisions = _divisions_of(standard, code)
    return _sections_of_divisions()[divisions[0]] if divisions else ""


def coded(keys: Iterable[str]) -> Q:
    """Select the industry codes that ``keys`` of an address ask for.

    A key is a section's letter, or a code of two digits or more that stands for itself and all
    that is finer. A bare letter is a section of today, whatever standard a code is written in;
    ``SN2007-K`` is that of the older standard, among its own codes. A key that is none of these
    finds nothing.
    """
    wanted = Q(pk__in=[])
    for key in keys:
        written = _KEY.fullmatch(key)
        if written:
            wanted |= _coded(*written.groups())
    return wanted


def asks_for(keys: Iterable[str]) -> Callable[[str, str], bool]:
    """Return whether a standard and a code are among those that ``keys`` ask for, as ``coded``."""
    asked = [match.groups() for match in map(_KEY.fullmatch, keys) if match]
    codes = [(standard, code) for standard, code in asked if not code.isalpha()]
    letters = [(standard, code) for standard, code in asked if code.isalpha()]

    def is_asked(standard: str, code: str) -> bool:
        finer = (code.startswith(wanted) for of, wanted in codes if of in {None, standard})
        within = (
            letter == (section_of(standard, code) if of is None else _own_section(standard, code))
            for of, letter in letters
            if of in {None, standard}
        )
        return any(finer) or any(within)

    return is_asked


def _own_section(standard: str, code: str) -> str:
    """Return the section a code lies in by its own standard."""
    found = industries(standard).get(code[:2])
    return found.section if found else ""


def keys_like(word: str) -> list[str]:
    """Return the keys of an address that ``word``, typed in a search, means; none when it does not.

    A code means itself. Any other word means the divisions and the sections of today whose titles
    hold it, folded as search folds it.
    """
    if _CODE.fullmatch(word):
        return [word]
    return [code for code, text in _searched().items() if word in text]


def sections_of_codes() -> dict[str, str]:
    """Return the section of today of every division ('16') and older letter ('SN2007-K')."""
    letters = {
        f"{standard.value}-{letter}": section_of(standard, letter)
        for standard in CodeStandard
        for letter in _letters(standard)
    }
    return {**_sections_of_divisions(), **letters}


def _coded(standard: str | None, code: str) -> Q:
    if standard is None:
        return _in_section(code) if code.isalpha() else Q(code__startswith=code)
    if not code.isalpha():
        return Q(standard=standard, code__startswith=code)
    within = _starting_with(_divisions_of(standard, code))
    return Q(standard=standard) & (within | Q(code=code))


def _in_section(letter: str) -> Q:
    divisions = [code for code, section in _sections_of_divisions().items() if section == letter]
    wanted = _starting_with(divisions)
    for standard in CodeStandard:
        same = [each for each in _letters(standard) if section_of(standard, each) == letter]
        if same:
            wanted |= Q(standard=standard, code__in=same)
    return wanted


def _starting_with(divisions: Iterable[str]) -> Q:
    """Select the codes in ``divisions``, as few ranges as there are runs of them."""
    wanted, numbers = Q(pk__in=[]), sorted(map(int, divisions))
    firsts = [each for each in numbers if each - 1 not in numbers or each == _LAST]
    lasts = [each for each in numbers if each + 1 not in numbers or each + 1 == _LAST]
    for first, last in zip(firsts, lasts, strict=True):
        if first == last:
            wanted |= Q(code__startswith=f"{first:02}")
        else:
            wanted |= Q(code__gte=f"{first:02}", code__lt=f"{last + 1:02}")
    return wanted


@cache
def _sections_of_divisions() -> dict[str, str]:
    both = {**industries(_OLDER), **industries(TODAY)}
    return {code: each.section for code, each in both.items() if not code.isalpha()}


def _letters(standard: str) -> list[str]:
    return [code for code in industries(standard) if code.isalpha()]


def _divisions_of(standard: str, letter: str) -> list[str]:
    return sorted(
        code
        for code, each in industries(standard).items()
        if each.section == letter and not code.isalpha()
    )


@cache
def _searched() -> dict[str, str]:
    """Return what a search looks in for each division, and for each section of today."""
    both: dict[str, Industry] = {**industries(_OLDER), **industries(TODAY)}
    return {
        code: searchable(*each.title.values())
        for code, each in both.items()
        if not code.isalpha() or code in industries(TODAY)
    }
