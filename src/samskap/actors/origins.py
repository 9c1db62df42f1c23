"""Keep where each fact of an actor is known from, in step with the facts themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.actors.compute.freshness import facts_of, first_stale_day
from samskap.actors.models import Actor, Confirmed, FieldOrigin
from samskap.kernel.copying import copy_values

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from samskap.evidence.models import Source
    from samskap.trust.models import Person

_RELATED = frozenset({"factors", "industry_codes", "focus_areas", "sites"})
_TOLD_BY_OTHERS = frozenset({Confirmed.REGISTER, Confirmed.FILE})


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody says, on a day, that some fields of an actor are as they stand here now.

    ``are_new``: the values were written just now, so what was known of the old ones is forgotten.
    Else a confirmation never takes the place of a later one.
    """

    actor: Actor
    fields: tuple[str, ...]
    source: Source
    by_whom: Confirmed
    on: dt.date
    person: Person | None = None
    are_new: bool = False


def keep_origins(said: Sequence[Said]) -> None:
    """Write down what was said of the fields, and when the first of them goes stale.

    The facts themselves must be written already; a field that is empty has no origin. Speaks of an
    actor once at most. Five questions to the database, however many actors there are. Call it in
    the transaction of the action that wrote the facts, which leaves the trace.
    """
    actors = {each.actor.pk: each.actor for each in said}
    known = _known(actors)
    kept: list[FieldOrigin] = []
    for each in said:
        for fact in facts_of(each.fields):
            origin = _origin(each, fact, known.get((each.actor.pk, fact)))
            if origin is not None:
                known[each.actor.pk, fact] = origin
                kept.append(origin)
    FieldOrigin.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["actor", "field"],
        update_fields=["source", "confirmed_by", "confirmed_on", "person"],
    )
    gone = [key for key, origin in known.items() if not _is_said(actors[key[0]], origin.field)]
    FieldOrigin.objects.filter(pk__in=[known.pop(key).pk for key in gone if known[key].pk]).delete()
    _keep_stale_days(actors.values(), known)


def begin_freshness(said: Iterable[Said]) -> None:
    """Let actors that are about to be written know when the first of their facts goes stale."""
    for each in said:
        days = {fact: _day(each, fact) for fact in _facts(each)}
        each.actor.stale_from = first_stale_day(days)


def keep_first_origins(said: Iterable[Said]) -> None:
    """Write where the facts of actors that are new are known from; nothing was known before."""
    copy_values(
        FieldOrigin,
        ("actor_id", "field", "source_id", "confirmed_by", "confirmed_on", "person_id"),
        (
            (
                each.actor.pk,
                fact,
                each.source.pk,
                str(each.by_whom),
                _day(each, fact),
                each.person.pk if each.person else None,
            )
            for each in said
            for fact in _facts(each)
        ),
    )


def _facts(said: Said) -> list[str]:
    return [fact for fact in facts_of(said.fields) if _is_said(said.actor, fact)]


def keep_stale_days(actors: Iterable[Actor]) -> None:
    """Let each know when the first of its facts goes stale, once origins were moved about."""
    here = {actor.pk: actor for actor in actors}
    _keep_stale_days(here.values(), _known(here))


def _known(actors: dict[int, Actor]) -> dict[tuple[int, str], FieldOrigin]:
    found = FieldOrigin.objects.filter(actor__in=actors).order_by("id")
    return {(origin.actor_id, origin.field): origin for origin in found}


def _origin(said: Said, fact: str, before: FieldOrigin | None) -> FieldOrigin | None:
    """Return the row to write for ``fact``; none when what stands there is to stay."""
    if not _is_said(said.actor, fact):
        return None
    on = _day(said, fact)
    if before is not None and not said.are_new and before.confirmed_on >= on:
        return None
    return FieldOrigin(
        actor=said.actor,
        field=fact,
        source=said.source,
        confirmed_by=said.by_whom,
        confirmed_on=on,
        person=said.person,
    )


def _day(said: Said, fact: str) -> dt.date:
    """Return the day of the fact: a register's count of employees is as old as the count is."""
    counted = said.actor.employees_on
    if fact == "employees" and counted and said.by_whom in _TOLD_BY_OTHERS:
        return min(said.on, counted)
    return said.on


def _is_said(actor: Actor, fact: str) -> bool:
    if fact in _RELATED:
        return True
    if fact == "employees":
        return actor.employees is not None or actor.employees_are_few
    if fact == "street":
        return bool(actor.street or actor.postcode or actor.post_town)
    value: Any = getattr(actor, f"{fact}_id" if fact == "place" else fact)
    return value not in (None, "", {})


def _keep_stale_days(actors: Iterable[Actor], known: dict[tuple[int, str], FieldOrigin]) -> None:
    confirmed: dict[int, dict[str, dt.date]] = {}
    for (key, fact), origin in known.items():
        confirmed.setdefault(key, {})[fact] = origin.confirmed_on
    moved = []
    for actor in actors:
        day = first_stale_day(confirmed.get(actor.pk, {}))
        if actor.stale_from != day:
            actor.stale_from = day
            moved.append(actor)
    Actor.objects.bulk_update(moved, ["stale_from"], batch_size=1000)
