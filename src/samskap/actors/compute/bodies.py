"""Boards, councils and groups as they are told: who sits there, for whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.compute.lapsing import LAPSES_WITHIN
from samskap.actors.compute.lines import line_of
from samskap.actors.models import BodyKind, SeatRole
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.sorting import norwegian_sort_key
from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Visibility
from samskap.trust.queries import people_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.models import Body, Seat
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

_ROLES_IN_ORDER = {role: position for position, role in enumerate(SeatRole)}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat for a term. ``person`` is who fills it, '' when that is unknown or not for the reader.

    ``ends_soon``: the term ends within 90 days.
    """

    key: UUID
    actor: ActorLine
    role: SeatRole
    person: str
    valid_from: date
    valid_to: date | None
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class BodySheet:
    """A body on a day. ``seats`` hold then, ``coming`` begin later, ``past`` have ended.

    ``vacant`` are the roles that nobody has: a body has a chair, and whatever else it has had
    before. ``factors`` and ``sides`` are how many of those who sit count under each.
    """

    key: UUID
    slug: str
    name: LocalisedText
    kind: BodyKind
    purpose: LocalisedText
    visibility: Visibility
    is_demo: bool
    seats: tuple[SeatLine, ...]
    coming: tuple[SeatLine, ...]
    past: tuple[SeatLine, ...]
    vacant: tuple[SeatRole, ...]
    factors: tuple[tuple[Factor, int], ...]
    sides: tuple[tuple[Side, int], ...]

    @property
    def ends_soon(self) -> tuple[SeatLine, ...]:
        """The seats whose terms end within 90 days."""
        return tuple(seat for seat in self.seats if seat.ends_soon)

    @property
    def missing_factors(self) -> tuple[Factor, ...]:
        """The factors that nobody who sits counts under."""
        return tuple(factor for factor, count in self.factors if not count)


def bodies(*, reader: Reader, on: date) -> list[BodySheet]:
    """Return the bodies ``reader`` may see, in Norwegian order.

    At most five questions to the database, however many there are.
    """
    return sheets(queries.bodies_seen_by(reader), reader=reader, on=on)


def body(slug: str, *, reader: Reader, on: date) -> BodySheet | None:
    """Return one body by its key in addresses; none when ``reader`` may not see it."""
    found = sheets(queries.bodies_seen_by(reader).filter(slug=slug), reader=reader, on=on)
    return found[0] if found else None


def sheets(rows: Iterable[Body], *, reader: Reader, on: date) -> list[BodySheet]:
    """Tell of bodies that ``reader`` may see, in the order they come."""
    found = list(rows)
    seats = list(
        queries.seats_seen_by(reader)
        .filter(body__in=[row.pk for row in found])
        .select_related("actor__place")
        .prefetch_related("actor__factors")
    )
    people = _names(seats, reader)
    by_body: dict[int, list[Seat]] = {}
    for seat in seats:
        by_body.setdefault(seat.body_id, []).append(seat)
    return [_sheet(row, by_body.get(row.pk, []), people, on) for row in found]


def _names(seats: Sequence[Seat], reader: Reader) -> dict[int, str]:
    """Return the names of those who fill the seats, as far as they are for ``reader``."""
    wanted = {seat.person_id for seat in seats if seat.person_id}
    if not wanted or not reader.is_signed_in:
        return {}
    return dict(people_seen_by(reader).filter(pk__in=wanted).values_list("pk", "name"))


def _sheet(row: Body, seats: Iterable[Seat], people: dict[int, str], on: date) -> BodySheet:
    told = sorted((_line(seat, people, on) for seat in seats), key=_order)
    holding = tuple(seat for seat in told if _holds(seat, on))
    past = [seat for seat in told if seat.valid_to is not None and seat.valid_to <= on]
    past.sort(key=lambda seat: seat.valid_to or on, reverse=True)
    return BodySheet(
        key=row.key,
        slug=row.slug,
        name=row.name,
        kind=BodyKind(row.kind),
        purpose=row.purpose,
        visibility=Visibility(row.visibility),
        is_demo=row.is_demo,
        seats=holding,
        coming=tuple(seat for seat in told if seat.valid_from > on),
        past=tuple(past),
        vacant=_vacant(holding, past),
        factors=_factors(holding),
        sides=_sides(holding),
    )


def _line(seat: Seat, people: dict[int, str], on: date) -> SeatLine:
    return SeatLine(
        key=seat.key,
        actor=line_of(seat.actor),
        role=SeatRole(seat.role),
        person=people.get(seat.person_id or 0, ""),
        valid_from=seat.valid_from,
        valid_to=seat.valid_to,
        ends_soon=seat.valid_to is not None and on < seat.valid_to <= on + LAPSES_WITHIN,
    )


def _order(seat: SeatLine) -> tuple[int, str, date]:
    return (
        _ROLES_IN_ORDER[seat.role],
        norwegian_sort_key(seat.actor.name.in_language(DEFAULT_LANGUAGE)),
        seat.valid_from,
    )


def _holds(seat: SeatLine, on: date) -> bool:
    return seat.valid_from <= on and (seat.valid_to is None or on < seat.valid_to)


def _vacant(holding: Iterable[SeatLine], past: Iterable[SeatLine]) -> tuple[SeatRole, ...]:
    held = {seat.role for seat in holding}
    expected = {SeatRole.CHAIR} | {seat.role for seat in past}
    return tuple(role for role in SeatRole if role in expected - held)


def _factors(holding: Sequence[SeatLine]) -> tuple[tuple[Factor, int], ...]:
    actors = {seat.actor.slug: seat.actor for seat in holding}.values()
    return tuple((each, sum(each in actor.factors for actor in actors)) for each in Factor)


def _sides(holding: Sequence[SeatLine]) -> tuple[tuple[Side, int], ...]:
    actors = {seat.actor.slug: seat.actor for seat in holding}.values()
    return tuple((each, sum(actor.side == each for actor in actors)) for each in Side)
