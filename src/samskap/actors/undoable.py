"""Which changes can be undone, and whether something was changed again since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from samskap.actors.models import Actor, Body, Membership, Tie
from samskap.actors.standing import now_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from samskap.trust.models import AuditEntry

UNDOABLE: Final[Mapping[str, type[Model]]] = {
    "actor.edited": Actor,
    "body.edited": Body,
    "membership.edited": Membership,
    "tie.edited": Tie,
}
# What an undoing says besides: the number of the entry that it undoes.
UNDOES: Final = "undoes"
# What hangs on an actor in rows that tell of more than the log keeps of them.
_KEPT_ELSEWHERE: Final = frozenset({"sites"})


class NotUndoableError(Exception):
    """The log does not keep enough to undo this, or what it is about is gone."""


class ChangedSinceError(Exception):
    """It has another value now than the change left; ``now`` has them by field."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__(", ".join(now))
        self.now = dict(now)


def changes_in(entry: AuditEntry) -> dict[str, list[Any]]:
    """Return the fields that ``entry`` changed, each with what it was before and after."""
    return {name: values for name, values in entry.changes.items() if name != UNDOES}


def is_undoable(entry: AuditEntry) -> bool:
    """Whether the log keeps what it takes to undo ``entry``: every value, before and after."""
    changes = changes_in(entry)
    return (
        entry.verb in UNDOABLE
        and bool(changes)
        and all(changes.values())
        and not _KEPT_ELSEWHERE & changes.keys()
    )


def thing_of(entry: AuditEntry, *, is_held: bool = False) -> Any:
    """Return what ``entry`` is about. Raises ``NotUndoableError`` when it cannot be undone."""
    if not is_undoable(entry):
        raise NotUndoableError(entry.pk)
    rows = UNDOABLE[entry.verb]._default_manager.filter(key=entry.about_key)
    row = (rows.select_for_update() if is_held else rows).first()
    if row is None:
        raise NotUndoableError(entry.pk)
    return row


def changed_since(entry: AuditEntry, row: Model) -> dict[str, Any]:
    """Return what the fields of ``entry`` are now, those that are not as it left them."""
    changes = changes_in(entry)
    now = now_of(row, changes)
    return {name: now[name] for name, (_, after) in changes.items() if now[name] != after}
