"""Walk through a document that may have faults in it, past what is not as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.kernel.documents import Document, Fault
    from samskap.kernel.documents.reading import Step


def at(data: Any, *steps: str) -> Any:
    """Return what stands at ``steps``; ``None`` when something on the way is missing."""
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def entries(data: Any, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the entries of the list called ``name`` that have keys, each with its place."""
    found = at(data, name)
    for place, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, dict):
            yield place, entry


def texts(data: Any, name: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of the list called ``name``, each with its place."""
    found = at(data, name)
    for place, text in enumerate(found if isinstance(found, list) else ()):
        if isinstance(text, str):
            yield place, text


def key_used_twice(document: Document, key: str, *steps: Step) -> Fault:
    """Say that an element has another's key."""
    return document.fault(
        *steps,
        "key",
        sentence=_("The key “%(key)s” is used twice for the same kind of thing.") % {"key": key},
        remedy=_("Give each its own key, or remove one of them."),
    )
