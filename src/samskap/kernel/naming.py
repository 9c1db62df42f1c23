"""Find where somebody is named in a text, and strike it out.

An address, a telephone number and a whole name are looked for, whatever the case and the spaces. A
first name alone is not: it is as often somebody else's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.kernel.personal import Subject

STRUCK: Final = "\N{HORIZONTAL ELLIPSIS}"
_SPACES: Final = r"[\s\u00a0]+"
_BETWEEN_DIGITS: Final = r"[ ./\u00a0-]?"
_FEWEST_DIGITS: Final = 6
_GENITIVE: Final = "(?:['\u2019]?s)?"
_NO_FURTHER: Final = r"(?!\.\w)"
# "Kari Holm AS" is a firm, and stays.
_NO_FIRM: Final = r"(?!\s+(?:ASA?|AB|IKS)(?!\w))"
_DESKS: Final = frozenset(
    {
        "admin",
        "administration",
        "contact",
        "epost",
        "firmapost",
        "hei",
        "hello",
        "hej",
        "info",
        "kontakt",
        "kontoret",
        "mail",
        "office",
        "post",
        "postmottak",
        "registrator",
        "resepsjon",
        "sekretariat",
        "support",
    }
)
_COUNTRY: Final = re.compile(r"^(?:\+|00)(47|46|45|358)")


def is_shared(address: str) -> bool:
    """Tell whether an address is a desk's and not a person's, such as post@firma.no.

    >>> is_shared("post@firma.no"), is_shared("kari.holm@firma.no")
    (True, False)
    """
    return address.partition("@")[0].lower() in _DESKS


def needles(subject: Subject, *, is_near: bool = False) -> list[str]:
    """Return regular expressions that Python and PostgreSQL both read, each finding one thing.

    ``is_near``: a name of one word is looked for too, where it can hardly be somebody else's.
    """
    own = [address for address in sorted(subject.addresses) if not is_shared(address)]
    found = [re.escape(address) + _NO_FURTHER for address in own]
    found += [_digits(phone) for phone in sorted(subject.phones) if _is_long_enough(phone)]
    names = [name for name in sorted(subject.names) if is_near or len(name.split()) > 1]
    return found + [written for name in names for written in _written(name)]


def pattern(subject: Subject, *, is_near: bool = False) -> re.Pattern[str] | None:
    """Return what finds the subject as whole words; nothing when there is nothing to look for."""
    found = needles(subject, is_near=is_near)
    if not found:
        return None
    return re.compile(rf"(?<![\w.+-])(?:{'|'.join(found)})(?![\w-])", re.IGNORECASE)


def pattern_for_logs(subject: Subject) -> re.Pattern[str] | None:
    r"""Return what finds the subject in what programs write: as said, and escaped as they escape.

    An address in a line of JSON may stand with its signs as ``\u00f8``, ``%C3%B8`` or ``%40``.
    """
    said = pattern(subject)
    if said is None:
        return None
    own = [each for each in sorted(subject.addresses) if not is_shared(each)]
    own += [name for name in sorted(subject.names) if len(name.split()) > 1]
    own += [phone for phone in sorted(subject.phones) if _is_long_enough(phone)]
    escaped = {shape for text in own for shape in _escaped(text)} - set(own)
    shapes = [re.escape(shape) for shape in sorted(escaped)]
    return re.compile("|".join([said.pattern, *shapes]), re.IGNORECASE)


def struck(value: Any, finding: re.Pattern[str]) -> Any:
    """Return ``value`` without what ``finding`` finds: text, or text in lists and mappings.

    A text that was nothing else becomes empty. A mapping loses the keys that name somebody.
    """
    if isinstance(value, str):
        left = finding.sub(STRUCK, value)
        return "" if left.strip(f" {STRUCK}") == "" and left != value else left
    if isinstance(value, dict):
        kind = type(value)
        return kind({struck(key, finding): struck(each, finding) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return [struck(each, finding) for each in value]
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Return every text in a value of a field, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts_in(key)
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def _written(name: str) -> Iterator[str]:
    """Return the ways a whole name is written: as it is said, and the last name first."""
    words = [re.escape(word) for word in name.split()]
    yield _SPACES.join(words) + _GENITIVE + _NO_FIRM
    if len(words) > 1:
        yield rf"{words[-1]},?{_SPACES}{_SPACES.join(words[:-1])}{_GENITIVE}"


def _escaped(text: str) -> Iterator[str]:
    """Return a text as addresses and JSON carry it, in the letters it has and in small ones."""
    for cased in (text, text.lower(), text.upper()):
        yield from (quote(cased), quote(cased, safe="@"), quote_plus(cased), quote_plus(cased, "@"))
        yield json.dumps(cased)[1:-1]


def _is_long_enough(phone: str) -> bool:
    return sum(sign.isdigit() for sign in phone) >= _FEWEST_DIGITS


def _digits(phone: str) -> str:
    """Find the digits whatever stands between them, with the country's code or without."""
    plain = re.sub(r"[^\d+]", "", phone)
    country = _COUNTRY.match(plain)
    own = plain[country.end() :] if country else plain.lstrip("+")
    digits = _BETWEEN_DIGITS.join(own)
    before = rf"(?:(?:\+|00)(?:47|46|45|358){_BETWEEN_DIGITS})?"
    return rf"{before}{digits}"
