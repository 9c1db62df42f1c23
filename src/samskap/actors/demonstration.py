"""Read what the invented actors of a demonstration are to one another (``demo/world.yaml``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext as _

from samskap.kernel.documents import UnreadableDocumentError, check_against, read_document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from samskap.kernel.documents import Document, Fault

WORLD_FILE: Final = "demo/world.yaml"


@dataclass(frozen=True, slots=True)
class InventedWorld:
    """The entries of ``demo/world.yaml``, as its schema describes them."""

    source: str
    ties: tuple[Mapping[str, Any], ...] = ()
    memberships: tuple[Mapping[str, Any], ...] = ()
    bodies: tuple[Mapping[str, Any], ...] = ()
    contacts: tuple[Mapping[str, Any], ...] = ()
    talks: tuple[Mapping[str, Any], ...] = ()


def read_world(path: Path, *, actors: Collection[str]) -> InventedWorld:
    """Read the world of a region folder; every actor it names must be one of ``actors``.

    Raises ``UnreadableDocumentError`` with every fault at once.
    """
    document = read_document(path)
    faults = check_against(document, schema()) or [
        *_strangers(document, actors),
        *_ties_to_oneself(document),
        *_talks_with_nobody(document),
    ]
    if faults:
        raise UnreadableDocumentError(sorted(faults))
    data = document.data
    lists = ("ties", "memberships", "bodies", "contacts", "talks")
    return InventedWorld(data["source"], **{name: tuple(data.get(name, ())) for name in lists})


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``demo/world.yaml``."""
    text = resources.files("samskap.actors").joinpath("schema/demo-world.schema.json").read_text()
    return cast("dict[str, Any]", json.loads(text))


def _strangers(document: Document, actors: Collection[str]) -> Iterator[Fault]:
    for where, key in _named(document.data):
        if key not in actors:
            yield document.fault(
                *where,
                sentence=_("There is no invented actor with the key “%(key)s”.") % {"key": key},
                remedy=_("Name one of demo/actors.yaml."),
            )


def _named(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Return where each actor is named, and its key."""
    for position, tie in enumerate(data.get("ties", ())):
        for end in ("from", "to"):
            yield ("ties", position, end), tie[end]
    for name in ("memberships", "contacts", "talks"):
        for position, entry in enumerate(data.get(name, ())):
            yield (name, position, "actor"), entry["actor"]
    for position, body in enumerate(data.get("bodies", ())):
        for place, seat in enumerate(body["seats"]):
            yield ("bodies", position, "seats", place, "actor"), seat["actor"]


def _ties_to_oneself(document: Document) -> Iterator[Fault]:
    for position, tie in enumerate(document.data.get("ties", ())):
        if tie["from"] == tie["to"]:
            yield document.fault(
                "ties",
                position,
                "to",
                sentence=_("An actor has no tie to itself."),
                remedy=_("Choose another."),
            )


def _talks_with_nobody(document: Document) -> Iterator[Fault]:
    data = document.data
    there = {(entry["actor"], entry["name"]) for entry in data.get("contacts", ())}
    for position, talk in enumerate(data.get("talks", ())):
        for place, name in enumerate(talk.get("with", ())):
            if (talk["actor"], name) not in there:
                yield document.fault(
                    "talks",
                    position,
                    "with",
                    place,
                    sentence=_("“%(name)s” is no contact of that actor.") % {"name": name},
                    remedy=_("Name one of its contacts, or leave the name out."),
                )
