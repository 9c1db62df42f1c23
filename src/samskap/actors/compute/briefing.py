"""“Hva vi vet om dem”: all that is worth knowing of an actor before a visit, for our own eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from samskap.actors import queries
from samskap.actors.compute.freshness import is_stale
from samskap.actors.compute.lines import line_of, sheet_of
from samskap.actors.compute.memberships import member, representatives
from samskap.actors.models import SeatRole, Suggestion, SuggestionState, TieKind
from samskap.kernel.sorting import norwegian_sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.compute.lines import ActorLine, ActorSheet
    from samskap.actors.compute.memberships import Member, Representative
    from samskap.actors.models import Actor, Contact, ContactEntry, FieldOrigin, Tie
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

TALKS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class TieInWords:
    """What the actor is to others: 'Member of' these, in Norwegian order."""

    words: str
    others: tuple[ActorLine, ...]


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat that the actor holds in a body."""

    body: LocalisedText
    slug: str
    role: SeatRole
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class StaleField:
    """A field that should be asked for again, and the day somebody last said it was right."""

    field: str
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class Briefing:
    """What we know of an actor on a day. ``talks_total`` counts those that are not shown too."""

    sheet: ActorSheet
    contacts: tuple[Contact, ...]
    talks: tuple[ContactEntry, ...]
    talks_total: int
    steps: tuple[ContactEntry, ...]
    ties: tuple[TieInWords, ...]
    member: Member | None
    acting: tuple[Representative, ...]
    seats: tuple[SeatHeld, ...]
    stale: tuple[StaleField, ...]
    suggestions: int


def brief(actor: Actor, *, reader: Reader, on: date) -> Briefing:
    """Gather what ``reader`` may know of ``actor``, a row fetched ``with_details``.

    People and talks are empty for all but the secretariat and the auditor. At most sixteen
    questions to the database, however much there is.
    """
    entries = queries.contact_entries_seen_by(reader).filter(actor=actor)
    contacts = queries.contacts_on(queries.contacts_seen_by(reader).filter(actor=actor), on)
    acting = representatives([actor.party_id], reader=reader, on=on)
    return Briefing(
        sheet=sheet_of(actor),
        contacts=tuple(contacts),
        talks=tuple(with_people(entries)[:TALKS_SHOWN]),
        talks_total=entries.count(),
        steps=tuple(queries.open_steps(entries).select_related("actor", "by")),
        ties=_ties(actor, reader=reader, on=on),
        member=member(actor.slug, reader=reader, on=on),
        acting=tuple(acting.get(actor.party_id, ())),
        seats=_seats(actor, reader=reader, on=on),
        stale=_stale(actor, reader=reader, on=on),
        suggestions=_waiting(actor, reader=reader),
    )


def with_people(entries: QuerySet[ContactEntry]) -> QuerySet[ContactEntry]:
    """Fetch with each entry who of ours it was, and who was there."""
    return entries.select_related("by", "actor").prefetch_related("contacts")


def _ties(actor: Actor, *, reader: Reader, on: date) -> tuple[TieInWords, ...]:
    seen = queries.ties_on(queries.ties_seen_by(reader), on)
    rows = (
        (seen.filter(from_actor=actor) | seen.filter(to_actor=actor))
        .select_related("from_actor__place", "to_actor__place")
        .prefetch_related("from_actor__factors", "to_actor__factors")
    )
    told: dict[str, dict[str, ActorLine]] = {}
    for kind in TieKind:
        for row in (row for row in rows if row.kind == kind):
            words, other = _from_here(row, actor)
            told.setdefault(words, {})[other.slug] = other
    return tuple(TieInWords(words, _by_name(others.values())) for words, others in told.items())


def _from_here(tie: Tie, actor: Actor) -> tuple[str, ActorLine]:
    kind = TieKind(tie.kind)
    if tie.from_actor_id == actor.pk:
        return str(kind.label), line_of(tie.to_actor)
    return kind.from_the_other_side, line_of(tie.from_actor)


def _by_name(lines: Iterable[ActorLine]) -> tuple[ActorLine, ...]:
    return tuple(sorted(lines, key=lambda line: norwegian_sort_key(str(line.name))))


def _seats(actor: Actor, *, reader: Reader, on: date) -> tuple[SeatHeld, ...]:
    rows = queries.seats_on(queries.seats_seen_by(reader), on).filter(actor=actor)
    return tuple(
        SeatHeld(row.body.name, row.body.slug, SeatRole(row.role), row.valid_to)
        for row in rows.select_related("body").order_by("body__sort_key", "id")
    )


def _stale(actor: Actor, *, reader: Reader, on: date) -> tuple[StaleField, ...]:
    if not reader.sees_all:
        return ()
    origins: list[FieldOrigin] = list(actor.origins.order_by("confirmed_on", "field"))
    return tuple(
        StaleField(row.field, row.confirmed_on)
        for row in origins
        if is_stale(row.field, row.confirmed_on, on=on)
    )


def _waiting(actor: Actor, *, reader: Reader) -> int:
    if not reader.sees_all:
        return 0
    return Suggestion.objects.filter(actor=actor, state=SuggestionState.WAITING).count()
