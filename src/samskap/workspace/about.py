"""What an entry of the trail is about, when it is what we have with an actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from samskap.actors import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.actors.models import Actor
    from samskap.trust.access import Reader
    from samskap.trust.models import AuditEntry


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about: its name, the page it leads to if any, and whether it is invented."""

    name: str = ""
    href: str = ""
    is_example: bool = False


def named_relations(rows: Iterable[AuditEntry], reader: Reader) -> dict[str, About]:
    """Name bodies by themselves; memberships, talks and contacts by the actor they are with.

    One question for each kind that ``rows`` are about. What is erased or taken back has no name.
    """
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row.about_kind, []).append(row.about_key)
    named: dict[str, About] = {}
    if wanted := keys.get("actors.body"):
        for body in queries.bodies_seen_by(reader).filter(key__in=wanted):
            href = reverse("workspace:body", args=[body.slug])
            named[str(body.key)] = About(str(body.name), href, body.is_demo)
    for kind, seen, page in (
        ("actors.membership", queries.memberships_seen_by, "membership"),
        ("actors.contactentry", queries.contact_entries_seen_by, "actor-talks"),
        ("actors.contact", queries.contacts_seen_by, "contacts"),
    ):
        if wanted := keys.get(kind):
            for one in seen(reader).filter(key__in=wanted).select_related("actor"):
                named[str(one.key)] = _with(one.actor, page)
    return named


def _with(actor: Actor, page: str) -> About:
    href = reverse(f"workspace:{page}", args=[actor.slug])
    return About(str(actor.name), href, actor.is_demo)
