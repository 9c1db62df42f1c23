"""Message catalogues: extract, update, check, compile. `python tools/messages.py --help`.

Message ids are English; ``nb`` is the reviewed text. Babel does the work, so that no system
gettext is needed; Django's own ``templatize`` turns templates into something Babel can read.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "src" / "samskap"
LOCALE = SOURCE / "locale"
LANGUAGES = ("nb", "sv", "en")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Header lines that change without the texts changing.
CHURN = re.compile(
    rb'^"(POT-|PO-Rev|Generated-By|Report-Msgid|Last-Tr|Language-Team|Project-Id).*\n', re.MULTILINE
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def extracted() -> Catalog:
    """Return every message of the source as an empty catalogue, in the order of the files."""
    catalogue = Catalog(project="Samskap", charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        name = path.relative_to(PROJECT).as_posix()
        for message, context in _messages_in(path):
            catalogue.add(message, locations=[(name, 0)], context=context, flags=())
    return catalogue


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _templatize(text, path)
    found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=())
    for _line, message, _comments, context in found:
        if message and message != ("",):
            yield message, context


def _templatize(text: str, path: Path) -> str:
    from django.conf import settings  # noqa: PLC0415
    from django.utils.translation.template import templatize  # noqa: PLC0415

    if not settings.configured:
        settings.configure()
    # A template's indentation means nothing, and would confuse the reader of Python.
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())


def catalogue_path(language: str) -> Path:
    """Where the catalogue of ``language`` is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return the catalogue of ``language``; an empty one when there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="django", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain="django")


def update() -> None:
    """Bring each catalogue in step with the source: new messages come in empty, gone ones go."""
    template = extracted()
    for language in LANGUAGES:
        old, new = read(language), Catalog(locale=language, domain="django", charset="utf-8")
        new.fuzzy, new.header_comment = False, f"# Samskap in {language}."
        for message in template:
            if message.id:
                kept = old.get(message.id, context=message.context)
                # Babel finds a plural by its singular alone: the whole of it must be the same.
                text = kept.string if kept and kept.id == message.id else ""
                if language == "en":
                    text = message.id
                new.add(message.id, text, message.locations, context=message.context)
        _write(new, catalogue_path(language))
        print(f"{language}: {len(new)} messages, {len(list(empty(new)))} without text")


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, sort_output=False, include_lineno=False)
    path.write_bytes(CHURN.sub(b"", stream.getvalue()))


def texts(message: Message) -> tuple[str, ...]:
    """Return the text or texts of a message, one for each plural form."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string,)


def empty(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages that have no text, or one plural form without."""
    for message in catalogue:
        if message.id and not all(texts(message)):
            yield message


def placeholders(text: str) -> set[str]:
    """Return the names that a text leaves room for."""
    return {found[0] or found[1] for found in PLACEHOLDER.findall(text)}


def faults(language: str, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with the catalogue of ``language``, a sentence for each."""
    catalogue = read(language)
    kept = {(message.id, message.context): message for message in catalogue if message.id}
    wanted = {(message.id, message.context) for message in template if message.id}
    for key in wanted - set(kept):
        yield f"{language}: “{key[0]}” is missing. Run python tools/messages.py update."
    for key in set(kept) - wanted:
        yield f"{language}: “{key[0]}” is no longer used. Run python tools/messages.py update."
    for message in empty(catalogue):
        yield f"{language}: “{message.id}” has no text."
    for message in kept.values():
        if message.fuzzy:
            yield f"{language}: “{message.id}” is marked fuzzy."
        yield from _placeholder_faults(language, message)


def _placeholder_faults(language: str, message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    allowed = set().union(*(placeholders(text) for text in ids))
    needed = placeholders(ids[-1])
    for number, text in enumerate(texts(message)):
        last = number == len(texts(message)) - 1
        if text and (not placeholders(text) <= allowed or (last and placeholders(text) < needed)):
            yield f"{language}: “{message.id}” and its text leave room for different things."


def check() -> int:
    """Print every fault of every catalogue; return how many there are."""
    template = extracted()
    found = [fault for language in LANGUAGES for fault in faults(language, template)]
    print(*found, sep="\n", end="\n" if found else "")
    return len(found)


def compile_all() -> None:
    """Write the machine-readable catalogues beside the readable ones, where they have changed."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            stream = io.BytesIO()
            write_mo(stream, read(language))
            target.write_bytes(stream.getvalue())


def main() -> int:
    """Do one of the four things and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["update", "check", "compile"])
    what = parser.parse_args().what
    if what == "update":
        update()
    elif what == "compile":
        compile_all()
    else:
        return 1 if check() else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
