"""The shapes a text takes where programs write it, and where any of them stands in some bytes."""

from __future__ import annotations

import base64
import json
import quopri
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def disguises(text: str) -> set[bytes]:
    """Return what ``text`` looks like raw, escaped for addresses, JSON and letters, and encoded.

    Written as it is, in small, in capital and in title letters; base64 wherever in three bytes it
    begins, and all of them in hexadecimal, as a dump writes bytes.
    """
    shapes = {
        shape for cased in (text, text.lower(), text.upper(), text.title()) for shape in _of(cased)
    }
    return shapes | {shape.hex().encode() for shape in shapes}


def _of(text: str) -> Iterator[bytes]:
    yield text.encode()
    yield text.encode("utf-16-le")
    yield text.encode("latin-1")
    for escaped in (quote(text), quote_plus(text)):
        yield escaped.encode()
        yield escaped.lower().encode()
    yield json.dumps(text)[1:-1].encode()
    yield quopri.encodestring(text.encode()).rstrip(b"=\n")
    yield from _in_base64(text.encode())


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Return the signs that are the same whatever stands before and after, for each beginning."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + plain).rstrip(b"=")
        whole = (before + len(plain)) * 8 // 6
        yield encoded[-(-before * 8 // 6) : whole]


def found_in(content: bytes, texts: Iterable[str]) -> list[str]:
    """Return those of ``texts`` that stand in ``content`` in any shape; packed files are opened."""
    parts = [content, *_unpacked(content)]
    everything = b"\n".join([*parts, *(part.lower() for part in parts)])
    return [text for text in texts if any(shape in everything for shape in disguises(text))]


def _unpacked(content: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            yield from map(packed.read, packed.namelist())
