"""Confirm that what we say of an actor is still right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from samskap.actors import rules
from samskap.actors.compute.freshness import facts_of
from samskap.actors.models import Actor
from samskap.actors.origins import Said, keep_origins
from samskap.trust import audit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from samskap.actors.models import Confirmed
    from samskap.evidence.models import Source
    from samskap.trust.doers import Doer
    from samskap.trust.models import Person


@transaction.atomic
def confirm_fields(
    *,
    actor: Actor,
    fields: Iterable[str],
    source: Source,
    by_whom: Confirmed,
    on: date,
    by: Doer,
    at: datetime,
    person: Person | None = None,
) -> Actor:
    """Write down that ``by_whom`` says ``fields`` are right on ``on``, as ``source`` tells.

    Fields that hold nothing are passed over, and a later confirmation stays. An action that writes
    the facts of many actors itself calls ``origins.keep_origins`` instead, which leaves no trace of
    its own.
    """
    rules.require(rules.may_keep_actors, by)
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    facts = facts_of(fields)
    keep_origins([Said(actor, facts, source, by_whom, on, person)])
    audit.record(
        "actor.confirmed",
        about=actor,
        by=by,
        at=at,
        changes={"confirmed": [None, list(facts)]},
    )
    return actor
