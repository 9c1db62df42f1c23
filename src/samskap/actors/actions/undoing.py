"""Undo what was changed of an actor, a tie, a membership or a body: a new action of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from samskap.actors import rules
from samskap.actors.actions.bodies import edit_body
from samskap.actors.actions.memberships import edit_membership
from samskap.actors.actions.registering import edit_actor
from samskap.actors.actions.ties import edit_tie
from samskap.actors.models import Actor, Body, Membership, Tie
from samskap.actors.standing import facts_of
from samskap.actors.undoable import ChangedSinceError, changed_since, changes_in, thing_of
from samskap.trust import audit

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer
    from samskap.trust.models import AuditEntry


@transaction.atomic
def undo_edit(*, entry: AuditEntry, by: Doer, at: datetime, reason: str = "") -> None:
    """Let what ``entry`` changed be as it was before; the log tells of it as of any other change.

    Raises ``NotUndoableError``; ``ChangedSinceError`` when somebody has changed the same since; and
    what editing it raises.
    """
    rules.require(rules.may_keep_actors, by)
    row = thing_of(entry, is_held=True)
    now = changed_since(entry, row)
    if now:
        raise ChangedSinceError(now)
    before = {name: values[0] for name, values in changes_in(entry).items()}
    facts = facts_of(row, but=before)
    with audit.undoing(entry):
        match row:
            case Actor():
                edit_actor(actor=row, facts=facts, by=by, at=at, reason=reason)
            case Body():
                edit_body(body=row, facts=facts, by=by, at=at, reason=reason)
            case Membership():
                edit_membership(membership=row, facts=facts, by=by, at=at, reason=reason)
            case Tie():
                edit_tie(tie=row, facts=facts, by=by, at=at, reason=reason)
