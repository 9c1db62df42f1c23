"""The part of the matrix that is about talks, people, memberships and bodies, and what it needs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from samskap.actors.actions import memberships
from samskap.trust.doers import OPERATOR
from tests.world import talks
from tests.world.people import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from samskap.actors.models import Actor

ROWS: Final = {
    #                         secretariat, partner, company, board, auditor, administrator
    "GET talks":               (200, 403, 403, 403, 200, 403),
    "GET talk-new":            (200, 403, 403, 403, 403, 403),
    "POST talk-new":           (422, 403, 403, 403, 403, 403),
    "GET find-actor":          (200, 403, 403, 403, 403, 403),
    "GET talk-people":         (200, 403, 403, 403, 403, 403),
    "GET talk-edit":           (200, 403, 403, 403, 403, 403),
    "POST talk-edit":          (422, 403, 403, 403, 403, 403),
    "POST talk-remove":        (302, 403, 403, 403, 403, 403),
    "POST step-done":          (302, 403, 403, 403, 403, 403),
    "POST step-reopen":        (302, 403, 403, 403, 403, 403),
    "GET next-steps":          (200, 403, 403, 403, 200, 403),
    "GET actor-talks":         (200, 403, 403, 403, 200, 403),
    "GET briefing":            (200, 403, 403, 403, 200, 403),
    "GET contacts":            (200, 403, 403, 403, 200, 403),
    "GET contact-new":         (200, 403, 403, 403, 403, 403),
    "POST contact-new":        (422, 403, 403, 403, 403, 403),
    "GET contact-edit":        (200, 403, 403, 403, 403, 403),
    "POST contact-edit":       (422, 403, 403, 403, 403, 403),
    "GET contact-left":        (200, 403, 403, 403, 403, 403),
    "POST contact-left":       (422, 403, 403, 403, 403, 403),
    "GET contact-erase":       (200, 403, 403, 403, 403, 403),
    "POST contact-erase":      (302, 403, 403, 403, 403, 403),
    "GET partners":            (200, 200, 200, 200, 200, 403),
    "GET lapsing":             (200, 403, 403, 403, 200, 403),
    "GET membership":          (200, 200, 200, 200, 200, 403),
    "GET membership-new":      (200, 403, 403, 403, 403, 403),
    "POST membership-new":     (422, 403, 403, 403, 403, 403),
    "GET representative-new":  (200, 403, 403, 403, 403, 403),
    "POST representative-new": (422, 403, 403, 403, 403, 403),
    "GET membership-edit":     (200, 403, 403, 403, 403, 403),
    "POST membership-edit":    (422, 403, 403, 403, 403, 403),
    "GET membership-end":      (200, 403, 403, 403, 403, 403),
    "POST membership-end":     (422, 403, 403, 403, 403, 403),
    "GET agreement":           (200, 403, 403, 403, 200, 403),
    "POST agreement-remove":   (302, 403, 403, 403, 403, 403),
    "GET balance":             (200, 200, 200, 200, 200, 403),
    "GET balance-board":       (200, 200, 200, 200, 200, 403),
    "GET bodies":              (200, 200, 200, 200, 200, 403),
    "GET body":                (200, 200, 200, 200, 200, 403),
    "GET body-new":            (200, 403, 403, 403, 403, 403),
    "POST body-new":           (422, 403, 403, 403, 403, 403),
    "GET body-edit":           (200, 403, 403, 403, 403, 403),
    "POST body-edit":          (422, 403, 403, 403, 403, 403),
    "GET seat-new":            (200, 403, 403, 403, 403, 403),
    "POST seat-new":           (422, 403, 403, 403, 403, 403),
    "GET seat-end":            (200, 403, 403, 403, 403, 403),
    "POST seat-end":           (422, 403, 403, 403, 403, 403),
    "GET seat-renew":          (200, 403, 403, 403, 403, 403),
    # A new term may have no end, so a form without a day is a whole one.
    "POST seat-renew":         (302, 403, 403, 403, 403, 403),
}  # fmt: skip
_OF_AN_ACTOR: Final = frozenset(
    {
        "actor-talks",
        "briefing",
        "contacts",
        "contact-new",
        "membership",
        "membership-new",
        "representative-new",
    }
)


_OF_A_BODY: Final = frozenset({"body", "body-edit", "seat-new"})


def known(name: str, workshop: Actor) -> dict[str, Any]:
    """Return what the address ``name`` is about, having made it."""
    if name in _OF_AN_ACTOR:
        return {"slug": workshop.slug}
    if name in _OF_A_BODY:
        return {"slug": talks.body().slug}
    make = _MADE.get(name)
    return {"key": make(workshop)} if make else {}


def _talk(workshop: Actor) -> Any:
    return talks.talk(workshop, next_step="Ring dem").key


def _contact(workshop: Actor) -> Any:
    return talks.contact(workshop).key


def _seat(workshop: Actor) -> Any:
    return talks.seat(talks.body(), workshop, valid_to=dt.date(2027, 1, 1)).key


def _with_agreement(workshop: Actor) -> Any:
    membership = talks.membership(workshop)
    memberships.attach_agreement(
        membership=membership, content=talks.A_PDF, name="Avtale.pdf", by=OPERATOR, at=NOON
    )
    return membership.key


_MADE: Final[dict[str, Callable[[Actor], Any]]] = {
    **dict.fromkeys(("talk-edit", "talk-remove", "step-done", "step-reopen"), _talk),
    **dict.fromkeys(("contact-edit", "contact-left", "contact-erase"), _contact),
    **dict.fromkeys(
        ("membership-edit", "membership-end", "agreement", "agreement-remove"), _with_agreement
    ),
    **dict.fromkeys(("seat-end", "seat-renew"), _seat),
}
