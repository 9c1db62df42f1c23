"""The audit trail: one action, one entry, in the same transaction."""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from samskap.kernel.copying import copy_in
from samskap.trust.acting import party_acted_for
from samskap.trust.models import AuditEntry, User, Visibility
from samskap.trust.models.audit import Door
from samskap.trust.privacy.discretion import discreet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from django.db.models import Model

    from samskap.trust.doers import Doer
    from samskap.trust.models import Party

_INSERT: Final = """
INSERT INTO trust_auditentry
    (verb, about_kind, about_key, by, on_behalf_of_id, at, door, changes, reason)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
RETURNING id, recorded_at
"""
# What is told of an edit that lets more people see something, whatever else it changed.
WIDENED: Final = "visibility.widened"
_undone: ContextVar[int | None] = ContextVar("samskap_undone", default=None)
_door: ContextVar[Door] = ContextVar("samskap_door", default=Door.UNKNOWN)


class NotInTransactionError(RuntimeError):
    """An entry must be written in the transaction of the action it tells of."""


@contextmanager
def through(door: Door) -> Iterator[None]:
    """Say which door the actions inside came through."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)


@contextmanager
def undoing(entry: AuditEntry) -> Iterator[None]:
    """Let the entry of what is done inside say that it undoes ``entry``."""
    token = _undone.set(entry.pk)
    try:
        yield
    finally:
        _undone.reset(token)


def verb_of_edit(verb: str, changes: Mapping[str, Any]) -> str:
    """Return ``verb`` ('body.edited'), or ``WIDENED`` when ``changes`` let more people see it."""
    before, after = changes.get("visibility") or (None, None)
    if before and after and Visibility(after).is_wider_than(Visibility(before)):
        return WIDENED
    return verb


def record(
    verb: str,
    *,
    about: Model,
    by: Doer,
    at: datetime,
    on_behalf_of: Party | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Add one entry: ``verb`` ('need.withdrawn') was done to ``about`` by ``by`` at ``at``.

    ``on_behalf_of`` is whose matter it was when nobody said for whom they act; who acts for an
    organisation is written down as acting for that one (``acting.acting_for``).
    ``changes`` is field name to ``[before, after]``. What says who somebody is stays out of them
    and of ``reason``, whoever calls: ``privacy.discretion``. Raises ``NotInTransactionError``
    outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(verb)
    (kept,), why = discreet([(about._meta.label_lower, changes or {})], reason)
    if (undone := _undone.get()) is not None:
        kept |= {"undoes": [None, undone]}
    entry = AuditEntry(
        verb=verb,
        about_kind=about._meta.label_lower,
        about_key=str(getattr(about, "key", about.pk)),
        by=by.pseudonym if isinstance(by, User) else None,
        on_behalf_of_id=party_acted_for(by) or (on_behalf_of.pk if on_behalf_of else None),
        at=at,
        door=_door.get(),
        changes=kept,
        reason=why,
    )
    _write(entry)
    return entry


def _write(entry: AuditEntry) -> None:
    """Add the row by itself: every action pays for this, and ``save`` costs three times as much."""
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                *(entry.verb, entry.about_kind, entry.about_key, entry.by, entry.on_behalf_of_id),
                *(entry.at, str(entry.door), json.dumps(entry.changes), str(entry.reason)),
            ],
        )
        entry.pk, entry.recorded_at = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to one of many things; ``changes`` as ``record`` takes them."""

    verb: str
    about: Model
    changes: Mapping[str, Any]


def record_all(deeds: Iterable[Deed], *, by: Doer, at: datetime, reason: str = "") -> None:
    """Add an entry for each of ``deeds``, which one action did to many things.

    The action records itself with ``record``. Raises ``NotInTransactionError`` outside a
    transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError
    all_of_them = list(deeds)
    kept, why = discreet(
        [(deed.about._meta.label_lower, deed.changes) for deed in all_of_them], reason
    )
    copy_in(
        AuditEntry(
            verb=deed.verb,
            about_kind=deed.about._meta.label_lower,
            about_key=str(getattr(deed.about, "key", deed.about.pk)),
            by=by.pseudonym if isinstance(by, User) else None,
            on_behalf_of_id=party_acted_for(by),
            at=at,
            door=_door.get(),
            changes=changes,
            reason=why,
        )
        for deed, changes in zip(all_of_them, kept, strict=True)
    )


def history_of(thing: Model) -> list[AuditEntry]:
    """Return everything done to ``thing``, the newest first."""
    return list(
        AuditEntry.objects.filter(
            about_kind=thing._meta.label_lower, about_key=str(getattr(thing, "key", thing.pk))
        ).order_by("-id")
    )
