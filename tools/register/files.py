"""Records as the register's bulk files: a gzipped JSON array, and gzipped CSV."""

from __future__ import annotations

import csv
import gzip
import io
import json
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

from tools.register.columns import ENTITIES, ESTABLISHMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tools.register.records import Recipe, Record

    _Add = Callable[[Record], None]

FORMATS = ("json", "csv")
_QUICKEST = 1
# The establishments' file has a name of its own for this one.
_ALIASES = {"registreringsdatoienhetsregisteret": "registreringsdatoenhetsregisteret"}


class _Layout(NamedTuple):
    columns: Sequence[str]
    quoting: Literal[0, 1]


_ENTITIES = _Layout(ENTITIES, csv.QUOTE_ALL)
_ESTABLISHMENTS = _Layout(ESTABLISHMENTS, csv.QUOTE_MINIMAL)


def write_all(folder: Path, recipe: Recipe, *, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write the files of a register into ``folder``, in each of ``formats``; return where."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        *_write(folder / "enheter", recipe.all_entities(), _ENTITIES, formats),
        *_write(folder / "underenheter", recipe.all_establishments(), _ESTABLISHMENTS, formats),
    ]


def _write(
    path: Path, records: Iterable[Record], layout: _Layout, formats: Sequence[str]
) -> list[Path]:
    """Make each record once, and hand it to a writer for each format."""
    writers = {"json": _json_into, "csv": _csv_into}
    places = [path.with_suffix(f".{name}.gz") for name in formats]
    with ExitStack() as open_files:
        adding = [
            open_files.enter_context(writers[name](place, layout))
            for name, place in zip(formats, places, strict=True)
        ]
        for record in records:
            for add in adding:
                add(record)
    return places


@contextmanager
def _json_into(path: Path, layout: _Layout) -> Iterator[_Add]:
    """Write one array without a line break between its records."""
    del layout
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    between = ""
    with _gzipped(path) as file:

        def add(record: Record) -> None:
            nonlocal between
            file.write(between + encode(record))
            between = ","

        file.write("[")
        yield add
        file.write("]")


@contextmanager
def _csv_into(path: Path, layout: _Layout) -> Iterator[_Add]:
    """Write rows under the columns; a name there differs from JSON's in its capitals."""
    keys = [_ALIASES.get(name.lower(), name.lower()) for name in layout.columns]
    with _gzipped(path) as file:
        rows = csv.writer(file, quoting=layout.quoting, lineterminator="\n")
        rows.writerow(layout.columns)

        def add(record: Record) -> None:
            flat = dict(_flattened(record))
            rows.writerow([flat.get(key, "") for key in keys])

        yield add


@contextmanager
def _gzipped(path: Path) -> Iterator[IO[str]]:
    """Open a file whose bytes tell nothing of when it was written or what it was called."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=_QUICKEST, fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as file,
    ):
        yield file


def _flattened(record: Record, above: str = "") -> Iterator[tuple[str, str]]:
    """Join the lines of an address with the two signs /n, and those of a text with a space."""
    for name, value in record.items():
        key = f"{above}{name}".lower()
        if isinstance(value, dict):
            yield from _flattened(value, f"{key}.")
        else:
            yield key, _cell(key, value)


def _cell(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ("/n" if key.endswith(".adresse") else " ").join(filter(None, value))
    return str(value)
