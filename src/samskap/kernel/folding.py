"""Fold text so that a search finds it however it was typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SAME_LETTER: Final = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y"})
_ON_ANY_KEYBOARD: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_FOREIGN: Final = re.compile(r"[^\x00-\x7fæøå]")
_BETWEEN_WORDS: Final = re.compile(r"[^0-9a-zæøå]+")


def folded(text: str) -> str:
    """Return the words of ``text`` without case, accents and signs; aa is å, ä is æ, ö is ø.

    >>> folded("Årjäng Träförädling AB"), folded("Aas")
    ('årjæng træførædling ab', 'ås')
    """
    ours = _lower(text).translate(_SAME_LETTER)
    kept = _FOREIGN.sub(lambda letter: _without_accents(letter.group()), ours)
    return _BETWEEN_WORDS.sub(" ", kept).strip()


def on_any_keyboard(text: str) -> str:
    """Return the words of ``text`` as one writes them without æ, ø, å, ä and ö.

    >>> on_any_keyboard("Østfold"), on_any_keyboard("Ås"), on_any_keyboard("Årjäng")
    ('ostfold', 'as', 'arjang')
    """
    plain = _without_accents(_lower(text).translate(_ON_ANY_KEYBOARD))
    return _BETWEEN_WORDS.sub(" ", plain).strip()


def searchable(*texts: str) -> str:
    """Return what is kept to search in: each text as ``folded`` and as ``on_any_keyboard``."""
    lines = [form for text in texts for form in (folded(text), on_any_keyboard(text)) if form]
    return "\n".join(dict.fromkeys(lines))


def slug_of(text: str) -> str:
    """Return ``text`` as it stands in an address.

    >>> slug_of("Glomma Såkorn AS")
    'glomma-sakorn-as'
    """
    return on_any_keyboard(text).replace(" ", "-")


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("aa", "å")


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part)
    )
