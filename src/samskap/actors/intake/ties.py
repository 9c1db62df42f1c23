"""Tie those who are part of another, when we know the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors.models import Actor, Confidence, RowOutcome, Tie, TieKind
from samskap.kernel.identifiers import Country
from samskap.trust.audit import Deed, record_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from samskap.actors.intake.plan import Planned, Terms
    from samskap.trust.doers import Doer


def tie_parts(plans: Sequence[Planned], *, terms: Terms, by: Doer, at: datetime) -> None:
    """Tie each actor to the one whose number its row names as above it, where that one is here.

    A tie of that kind that has not ended is left alone. One that is new has no first day: the
    register does not say since when.
    """
    parts = {
        plan.actor.pk: plan.row.superior
        for plan in plans
        if plan.actor is not None and plan.row.superior and plan.outcome != RowOutcome.REJECTED
    }
    wholes = _by_number(set(parts.values()))
    there = set(
        Tie.objects.filter(
            kind=TieKind.PART_OF, from_actor__in=parts, valid_to__isnull=True
        ).values_list("from_actor", "to_actor")
    )
    new = Tie.objects.bulk_create(
        Tie(
            kind=TieKind.PART_OF,
            from_actor_id=part,
            to_actor_id=wholes[number],
            source=terms.source,
            confidence=Confidence.REGISTERED,
            visibility=terms.visibility,
            is_demo=terms.is_demo,
        )
        for part, number in parts.items()
        if number in wholes and wholes[number] != part and (part, wholes[number]) not in there
    )
    record_all((_deed(tie) for tie in new), by=by, at=at)


def _by_number(numbers: set[str]) -> dict[str, int]:
    found = Actor.objects.filter(country=Country.NORWAY, organisation_number__in=numbers)
    return dict(found.order_by("id").values_list("organisation_number", "id"))


def _deed(tie: Tie) -> Deed:
    changes = {
        "kind": [None, tie.kind],
        "from_actor": [None, tie.from_actor_id],
        "to_actor": [None, tie.to_actor_id],
    }
    return Deed("tie.made", tie, changes)
