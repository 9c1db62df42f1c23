"""What a file is called when it is given back: the sender's words, without what could do harm."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_NAME: Final = 120
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')
_KIND: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def clean_name(name: str, *, kind: str, otherwise: str) -> str:
    r"""Return a file's name without folders and what no file name may hold; we say what kind it is.

    >>> clean_name("C:\\avtaler\\Avtale 2024.PDF", kind="pdf", otherwise="agreement")
    'Avtale 2024.pdf'
    >>> clean_name("../../etc/passwd", kind="pdf", otherwise="agreement")
    'passwd.pdf'
    >>> clean_name("avtale.pdf.exe", kind="pdf", otherwise="agreement")
    'avtale.pdf'
    >>> clean_name("", kind="pdf", otherwise="agreement")
    'agreement.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(
        each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C"
    )
    stem = _NOT_IN_NAMES.sub(" ", shown).strip(" .")
    while stem and (shorter := _KIND.sub("", stem).strip(" .")) != stem:
        stem = shorter
    stem = stem[:LONGEST_NAME].strip(" .")
    return f"{stem or otherwise}.{kind}"
