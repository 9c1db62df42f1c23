"""The sources that a document names, and whether those it leans on are there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.evidence.facts import SourceFacts
from samskap.kernel.text import LocalisedText, quoted

if TYPE_CHECKING:
    from samskap.kernel.documents import Document, Fault


def read_sources(document: Document) -> tuple[SourceFacts, ...]:
    """Return the sources that a checked document names under ``sources``."""
    return tuple(
        SourceFacts(
            key=entry["key"],
            title=LocalisedText(entry["title"]),
            publisher=entry["publisher"],
            year=entry.get("year"),
            url=entry.get("url", ""),
            licence=entry.get("licence", ""),
            retrieved_on=day_of(entry.get("retrieved-on")),
        )
        for entry in document.data["sources"]
    )


def check_sources(document: Document, users: str) -> list[Fault]:
    """Return a fault for each source named twice, and each that ``users`` name in vain."""
    known: set[str] = set()
    faults = []
    for position, entry in enumerate(document.data["sources"]):
        if entry["key"] in known:
            sentence = _("Two sources have the key “%(key)s”.") % {"key": entry["key"]}
            faults.append(
                document.fault(
                    "sources",
                    position,
                    "key",
                    sentence=sentence,
                    remedy=_("Give each a key of its own, or remove one."),
                )
            )
        known.add(entry["key"])
    return [*faults, *check_named_sources(document, users)]


def check_named_sources(document: Document, users: str) -> list[Fault]:
    """Return a fault for each source that ``users`` name in vain."""
    known = {entry["key"] for entry in document.data["sources"]}
    faults = []
    for position, entry in enumerate(document.data.get(users, [])):
        if entry["source"] not in known:
            sentence = _("There is no source “%(key)s” in this file.") % {"key": entry["source"]}
            remedy = _("Add it under “sources”, or use one of %(keys)s.") % {
                "keys": ", ".join(quoted(key) for key in sorted(known))
            }
            faults.append(
                document.fault(users, position, "source", sentence=sentence, remedy=remedy)
            )
    return faults


def day_of(written: str | None) -> dt.date | None:
    """Return the day that a checked document writes, if it writes one."""
    return dt.date.fromisoformat(written) if written else None
