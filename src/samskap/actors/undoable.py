"""Which changes can be undone, and whether something was changed again since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from samskap.actors.models import Actor, Body, Membership, Tie
from samskap.actors.standing import now_of
from samskap.trust.audit import WIDENED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model

    from samskap.trust.models import AuditEntry

UNDOABLE: Final[Mapping[str, type[Model]]] = {
    row._meta.label_lower: row for row in (Actor, Body, Membership, Tie)
}
# What changes fields of a row that is still there.
_EDITS: Final = frozenset(
    {
        WIDENED,
        "actor.edited",
        "body.edited",
        "membership.edited",
        "membership.ended",
        "tie.edited",
        "tie.ended",
    }
)
# What an undoing says besides: the number of the entry that it undoes.
UNDOES: Final = "undoes"


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
        entry.verb in _EDITS
        and entry.about_kind in UNDOABLE
        and bool(changes)
        and all(changes.values())
        and _are_whole(changes.get("sites", ()))
    )


def _are_whole(sites: Iterable[Any]) -> bool:
    """Whether the log keeps all of each site, before and after: it once kept a sentence only."""
    return all(isinstance(site, dict) for values in sites for site in values)


def thing_of(entry: AuditEntry, *, is_held: bool = False) -> Any:
    """Return what ``entry`` is about. Raises ``NotUndoableError`` when it cannot be undone."""
    if not is_undoable(entry):
        raise NotUndoableError(entry.pk)
    rows = UNDOABLE[entry.about_kind]._default_manager.filter(key=entry.about_key)
    row = (rows.select_for_update() if is_held else rows).first()
    if row is None:
        raise NotUndoableError(entry.pk)
    return row


def changed_since(entry: AuditEntry, row: Model) -> dict[str, Any]:
    """Return what the fields of ``entry`` are now, those that are not as it left them."""
    changes = changes_in(entry)
    now = now_of(row, changes)
    return {name: now[name] for name, (_, after) in changes.items() if now[name] != after}
