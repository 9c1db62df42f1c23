"""Who can sign in, with what, and what an administrator should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from samskap.actors import queries as actors
from samskap.trust import queries as trust

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader
    from samskap.trust.models import Mandate, Party, Person


@dataclass(frozen=True, slots=True)
class PartyName:
    """What an organisation is called, and whether it is invented."""

    name: LocalisedText | str
    is_demo: bool = False

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone in a list, with the mandates they hold on the day that was asked for."""

    person: Person
    mandates: tuple[tuple[Mandate, PartyName], ...]
    has_second_factor: bool

    @property
    def is_open(self) -> bool:
        """Whether they can sign in."""
        user = self.person.user
        return user is not None and user.is_active

    @property
    def is_closed(self) -> bool:
        """Whether they had an account that is closed now."""
        user = self.person.user
        return user is not None and not user.is_active


def lines(people: QuerySet[Person], *, reader: Reader, on: date) -> list[PersonLine]:
    """Return ``people`` with account, second factor and mandates of the day: three questions."""
    held = trust.mandates_seen_by(reader).filter(valid_to__isnull=True) | trust.mandates_seen_by(
        reader
    ).filter(valid_to__gt=on)
    second = Authenticator.objects.filter(user=OuterRef("user"), type__in=trust.SECOND_STEPS)
    rows = list(
        people.select_related("user")
        .annotate(has_second_factor=Exists(second))
        .prefetch_related(Prefetch("mandates", held.select_related("party"), to_attr="held"))
    )
    names = party_names(
        (mandate.party for row in rows for mandate in row.held),
        reader=reader,
    )
    return [
        PersonLine(
            row,
            tuple((one, names[one.party_id]) for one in row.held),
            row.has_second_factor,
        )
        for row in rows
    ]


def party_names(parties: Iterable[Party], *, reader: Reader) -> dict[int, PartyName]:
    """Return what each party is called, as far as ``reader`` may see it."""
    wanted = list(parties)
    found = actors.actors_seen_by(reader).filter(party__in={party.pk for party in wanted})
    called = {actor.party_id: PartyName(actor.name, actor.is_demo) for actor in found}
    return {
        party.pk: PartyName(_("The partnership"))
        if party.is_partnership
        else called.get(party.pk, PartyName(_("An organisation you may not see")))
        for party in wanted
    }


def at_a_glance(reader: Reader, *, on: date) -> dict[str, Any]:
    """Return how many accounts are open, and which of them need a look."""
    everyone = lines(
        trust.people_seen_by(reader).filter(user__isnull=False, erased_at=None),
        reader=reader,
        on=on,
    )
    opened = [line for line in everyone if line.is_open]
    return {
        "open_total": len(opened),
        "without_mandate": [line for line in opened if not line.mandates],
        "without_second_factor": [
            line for line in opened if line.mandates and not line.has_second_factor
        ],
        "closed_total": len(everyone) - len(opened),
    }
