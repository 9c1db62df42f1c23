"""What a PDF is made of: whether it is one, and whether it would do something by itself.

Nothing is shown, no page is unfolded: the objects are walked through once, each at most once.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from samskap.kernel.files.within import tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pypdf import PdfReader

# Names of what a reader program runs, opens or fetches without being asked (ISO 32000-2, 12.6).
_ACTIVE: Final = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/ImportData", "/SubmitForm", "/RichMedia", "/XFA"}
)
_MOST_OBJECTS: Final = 200_000
_DEEPEST: Final = 60


def pdf(file: BinaryIO, out: BinaryIO) -> None:
    """Tell ``["pages", number]``, or ``["refused", why]``: damaged, locked, active or large."""
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            return tell(out, "refused", "locked")
        return _tell_of(reader, out)
    except MemoryError:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ):
        return tell(out, "refused", "damaged")


def _tell_of(reader: PdfReader, out: BinaryIO) -> None:
    pages = 0
    for number, thing in enumerate(_objects(reader)):
        if number > _MOST_OBJECTS:
            return tell(out, "refused", "large")
        names, is_page = _said(thing)
        if names & _ACTIVE:
            return tell(out, "refused", "active")
        pages += is_page
    return tell(out, "pages", pages) if pages else tell(out, "refused", "damaged")


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Yield every object of the file, each once, those nobody points to as well."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    seen: set[tuple[int, int]] = set()
    for generation, numbers in list(reader.xref.items()):
        for number in list(numbers):
            if (number, generation) not in seen:
                seen.add((number, generation))
                yield reader.get_object(IndirectObject(number, generation, reader))
    for number in list(reader.xref_objStm):
        if (number, 0) not in seen:
            seen.add((number, 0))
            yield reader.get_object(IndirectObject(number, 0, reader))


def _said(thing: Any) -> tuple[set[str], bool]:
    """Return the names that stand in an object, not those of objects it points to."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject  # noqa: PLC0415

    names: set[str] = set()
    waiting = [(thing, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RecursionError
        if isinstance(part, DictionaryObject):
            names.update(map(str, part))
            waiting.extend((dict.__getitem__(part, name), depth + 1) for name in part)
        elif isinstance(part, ArrayObject):
            waiting.extend((list.__getitem__(part, n), depth + 1) for n in range(len(part)))
        elif isinstance(part, NameObject):
            names.add(str(part))
    is_page = isinstance(thing, DictionaryObject) and dict.get(thing, "/Type") == "/Page"
    return names, is_page
