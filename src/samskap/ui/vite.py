"""The built front end: which files a page loads, read from the list that the build writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.templatetags.static import static

BUILT: Final = Path(__file__).resolve().parent / "built"
MANIFEST: Final = BUILT / ".vite" / "manifest.json"
_PRELOADED: Final = ("inter-latin-wght-normal.woff2", "bricolage-grotesque-latin-wght-normal.woff2")


class AssetsNotBuiltError(Exception):
    """The front end is not built; ``make setup`` builds it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry of the build asks a page to load, as addresses."""

    styles: tuple[str, ...]
    script: str
    chunks: tuple[str, ...]
    fonts: tuple[str, ...]


def entry(name: str) -> Entry:
    """Return the files of the entry ``name``, looked up by the file's name without ``.js``."""
    try:
        written = MANIFEST.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise AssetsNotBuiltError(f"{MANIFEST} is not there. Run make setup.") from error
    return _entry(name, written)


@lru_cache(maxsize=32)
def _entry(name: str, written: int) -> Entry:  # noqa: ARG001
    manifest: dict[str, dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    start = next(
        chunk for chunk in manifest.values() if chunk.get("isEntry") and chunk["name"] == name
    )
    chunks = _chunks(manifest, start)
    styles = {style: None for chunk in chunks for style in chunk.get("css", [])}
    return Entry(
        styles=tuple(static(style) for style in styles),
        script=static(start["file"]),
        chunks=tuple(static(chunk["file"]) for chunk in chunks if chunk is not start),
        fonts=tuple(
            static(chunk["file"])
            for source, chunk in manifest.items()
            if source.endswith(_PRELOADED)
        ),
    )


def _chunks(
    manifest: dict[str, dict[str, Any]], start: dict[str, Any], seen: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return what ``start`` imports, deepest first, and itself last; each chunk once."""
    found: list[dict[str, Any]] = []
    for key in start.get("imports", []):
        if key not in seen:
            deeper = _chunks(manifest, manifest[key], (*seen, key))
            found += [chunk for chunk in deeper if chunk not in found]
    return [*found, start]
