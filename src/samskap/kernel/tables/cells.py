"""A cell as text, without what programs put around it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Excel writes ="0123" where it must not take the zero away.
_TEXT_AS_FORMULA: Final = re.compile(r'\A="(.*)"\Z', re.DOTALL)
_UNSEEN: Final = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\0"))
_SPACES: Final = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2007": " "})
_OF_A_FAULT: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#I/T", "#VERDI!"}
)


def clean(cell: str) -> str:
    """Return ``cell`` in composed letters, without unseen signs and space around it.

    A formula stays as it is written and is never worked out; ``="0123"`` is the text 0123, and a
    formula's fault (``#N/A``) is an empty cell.
    """
    text = cell.translate(_UNSEEN).translate(_SPACES).strip()
    wrapped = _TEXT_AS_FORMULA.match(text)
    if wrapped:
        text = wrapped.group(1).replace('""', '"').strip()
    return "" if text in _OF_A_FAULT else unicodedata.normalize("NFC", text)
