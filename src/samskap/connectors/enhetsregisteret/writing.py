"""The register's capitals, as people would write them."""

from __future__ import annotations

import re
from typing import Final

# Legal forms and their like keep their capitals, and so do short words and words without a vowel.
_KEPT: Final = frozenset({"ASA", "ANS", "BBL", "IKS", "HF", "RHF", "KF", "FKF", "NUF", "AS", "SA"})
_SMALL: Final = frozenset(
    {"og", "i", "på", "av", "for", "til", "ved", "med", "avd", "den", "det", "de", "the", "of"}
)
_VOWEL: Final = re.compile("[AEIOUYÆØÅÄÖÉ]")
_SHORT: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")


def as_people_write(name: str) -> str:
    """Return a name in capitals with capitals at its words' heads; any other name as it is.

    Short words and words without a vowel are taken for initials. What was written is kept beside
    it as the name in the register, and whoever knows better corrects this one.

    >>> as_people_write("ABG SUNDAL COLLIER ASA"), as_people_write("Høgskolen i Østfold")
    ('ABG Sundal Collier ASA', 'Høgskolen i Østfold')
    >>> as_people_write("MOSS OG OMEGN BÅTFORENING"), as_people_write("B & Y TRANSPORT AS")
    ('Moss og Omegn Båtforening', 'B & Y Transport AS')
    """
    if not name.isupper():
        return name
    return _WORD.sub(lambda found: _word(found.group(), is_first=found.start() == 0), name)


def _word(word: str, *, is_first: bool) -> str:
    if word.lower() in _SMALL:
        return word.capitalize() if is_first else word.lower()
    if word in _KEPT or len(word) <= _SHORT or not _VOWEL.search(word):
        return word
    return word.capitalize()
