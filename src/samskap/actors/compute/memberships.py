"""Who belongs to the partnership: since when, for whom, and on terms that are not for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.choices import Belonging
from samskap.actors.compute.lines import line_of
from samskap.actors.models import MembershipKind
from samskap.kernel.period import valid_on
from samskap.trust.models import Role, Standing, Visibility
from samskap.trust.queries import mandates_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.models import Membership
    from samskap.trust.access import Reader
    from samskap.trust.models import Mandate


@dataclass(frozen=True, slots=True)
class Representative:
    """Someone who acts for a member; ``standing`` says where the mandate comes from, if known."""

    mandate: UUID
    person: UUID
    name: str
    standing: Standing | None
    is_substitute: bool
    valid_from: date
    valid_to: date | None
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed: for the secretariat and the auditor alone."""

    contribution_nok: Decimal | None
    agreement_name: str
    agreement_ends_on: date | None

    @property
    def has_agreement(self) -> bool:
        """Whether the signed agreement is kept here."""
        return bool(self.agreement_name)


@dataclass(frozen=True, slots=True)
class Member:
    """An actor's last membership. ``since`` is when it came to belong without a break.

    ``terms`` is none for a reader who may not see them; ``representatives`` holds those whom the
    reader may see, those who are not substitutes first.
    """

    key: UUID
    actor: ActorLine
    kind: MembershipKind
    belonging: Belonging
    valid_from: date
    valid_to: date | None
    since: date
    visibility: Visibility
    representatives: tuple[Representative, ...]
    terms: Terms | None
    is_demo: bool


def members(*, reader: Reader, on: date) -> list[Member]:
    """Return every actor that belongs or has belonged, in Norwegian order of their names.

    One each: what it is on ``on``, else what it is to be, else what it was last. At most four
    questions to the database, however many there are.
    """
    rows = _with_actors(queries.memberships_seen_by(reader).order_by("actor__sort_key", "actor_id"))
    return _members(rows, reader=reader, on=on)


def member(slug: str, *, reader: Reader, on: date) -> Member | None:
    """Return what the actor with that key in addresses is; none when the reader sees none."""
    rows = _with_actors(queries.memberships_seen_by(reader).filter(actor__slug=slug))
    return next(iter(_members(rows, reader=reader, on=on)), None)


def history(slug: str, *, reader: Reader, on: date) -> list[Member]:
    """Return every membership of one actor, the newest first, each with its own terms."""
    rows = list(_with_actors(queries.memberships_seen_by(reader).filter(actor__slug=slug)))
    rows.sort(key=lambda row: row.valid_from, reverse=True)
    return [_member(row, rows, (), reader=reader, on=on) for row in rows]


def terms_of(membership: Membership, *, reader: Reader) -> Terms | None:
    """Return the terms of a membership when they are for ``reader``."""
    if not reader.sees_all:
        return None
    return Terms(
        membership.contribution_nok, membership.agreement_name, membership.agreement_ends_on
    )


def representatives(
    parties: Iterable[int], *, reader: Reader, on: date
) -> dict[int, list[Representative]]:
    """Return by party those who act for it on ``on``, as far as ``reader`` may see them."""
    held = (
        mandates_seen_by(reader)
        .filter(valid_on(on), party__in=list(parties), capacity=Role.PARTNER_REPRESENTATIVE)
        .select_related("person")
        .order_by("is_substitute", "person__name", "id")
    )
    found: dict[int, list[Representative]] = {}
    for mandate in held:
        found.setdefault(mandate.party_id, []).append(_representative(mandate))
    return found


def _representative(mandate: Mandate) -> Representative:
    return Representative(
        mandate=mandate.key,
        person=mandate.person.key,
        name=mandate.person.called,
        standing=Standing(mandate.standing) if mandate.standing else None,
        is_substitute=mandate.is_substitute,
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
        is_demo=mandate.person.is_demo,
    )


def _with_actors(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.select_related("actor__place").prefetch_related("actor__factors")


def _members(rows: QuerySet[Membership], *, reader: Reader, on: date) -> list[Member]:
    by_actor: dict[int, list[Membership]] = {}
    for row in rows:
        by_actor.setdefault(row.actor_id, []).append(row)
    acting = representatives(
        {row[0].actor.party_id for row in by_actor.values()}, reader=reader, on=on
    )
    return [
        _member(_last(own, on), own, acting.get(own[0].actor.party_id, ()), reader=reader, on=on)
        for own in by_actor.values()
    ]


def _last(own: Sequence[Membership], on: date) -> Membership:
    """Choose what tells most of a day: what holds, else what is next, else what was last."""
    holding = [row for row in own if row.is_valid_on(on)]
    ahead = sorted((row for row in own if row.valid_from > on), key=lambda row: row.valid_from)
    return next(iter(holding or ahead), max(own, key=lambda row: row.valid_from))


def _member(
    row: Membership,
    own: Sequence[Membership],
    acting: Sequence[Representative],
    *,
    reader: Reader,
    on: date,
) -> Member:
    return Member(
        key=row.key,
        actor=line_of(row.actor),
        kind=MembershipKind(row.kind),
        belonging=_belonging(row, on),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        since=_since(row, own),
        visibility=Visibility(row.visibility),
        representatives=tuple(acting),
        terms=terms_of(row, reader=reader),
        is_demo=row.is_demo,
    )


def _belonging(row: Membership, on: date) -> Belonging:
    if row.valid_from > on:
        return Belonging.COMING
    if row.valid_to is not None and row.valid_to <= on:
        return Belonging.FORMER
    return Belonging(row.kind)


def _since(row: Membership, own: Sequence[Membership]) -> date:
    """Return the day from which one membership has followed another without a day between."""
    ends = {each.valid_to: each.valid_from for each in own}
    since = row.valid_from
    while since in ends:
        since = ends[since]
    return since
