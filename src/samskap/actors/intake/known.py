"""Whom the rows of a file are about, among those we know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors.models import Actor
from samskap.kernel.folding import folded
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.sorting import norwegian_sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from samskap.actors.intake.plan import Planned


@dataclass(frozen=True, slots=True)
class Known:
    """Actors by country and number, and by name for those who are named without one."""

    by_number: dict[tuple[str, str], Actor]
    by_name: dict[str, list[Actor]]

    @classmethod
    def of(cls, plans: Sequence[Planned]) -> Known:
        """Ask for all whom ``plans`` may be about: a dozen questions, however many they are."""
        numbers = {plan.row.number for plan in plans if plan.row.number}
        numbered = _whole(Actor.objects.filter(organisation_number__in=numbers))
        names = {norwegian_sort_key(plan.row.name) for plan in plans if not plan.row.number}
        named = _whole(Actor.objects.filter(sort_key__in=names, merged_into__isnull=True))
        by_name = defaultdict(list)
        for actor in named if names else ():
            by_name[folded(actor.name.in_language(DEFAULT_LANGUAGE))].append(actor)
        return cls(
            {(actor.country, actor.organisation_number): actor for actor in numbered}, by_name
        )

    def actor_for(self, plan: Planned) -> Actor | None:
        """Return the actor with the row's number; without one, the namesake in the same place."""
        row = plan.row
        if row.number:
            return self.by_number.get((row.country, row.number))
        place = plan.place.pk if plan.place else None
        there = [
            actor
            for actor in self.by_name.get(folded(row.name), [])
            if actor.country == row.country and (row.place is None or actor.place_id == place)
        ]
        return there[0] if len(there) == 1 else None


def _whole(actors: QuerySet[Actor]) -> QuerySet[Actor]:
    """Fetch with each actor what is compared and what its search text is made of."""
    return (
        actors.order_by("id")
        .select_related("place", "source", "merged_into")
        .prefetch_related("industry_codes", "origins", "absorbed", "factors")
    )
