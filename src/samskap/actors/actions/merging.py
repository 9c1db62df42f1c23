"""Make one of two actors that turned out to be the same, and take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import models, transaction

from samskap.actors import rewiring, rules
from samskap.actors.drawing import ask_for_layout
from samskap.actors.models import Actor, Merge, NotTheSame
from samskap.actors.origins import keep_stale_days
from samskap.actors.rewiring import CHOICES
from samskap.trust import audit
from samskap.trust.models import Person, User

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from samskap.actors.rewiring import Changes
    from samskap.trust.doers import Doer

_OF_AN_ORIGIN: Final = ("source", "confirmed_by", "confirmed_on", "person")


class SameActorError(Exception):
    """An actor is not merged with itself."""


class AlreadyMergedError(Exception):
    """One of the two is part of another actor already."""


class ExampleAndRealError(Exception):
    """What is invented and what is real are never one."""


class LaterMergeError(Exception):
    """Another merge came after this one, and must be undone first."""


class AlreadyUndoneError(Exception):
    """The merge was undone before."""


@transaction.atomic
def merge_actors(
    *, kept: Actor, absorbed: Actor, by: Doer, at: datetime, take: Collection[str] = ()
) -> Merge:
    """Let everything that hangs on ``absorbed`` hang on ``kept``, which takes over what is named.

    ``take`` are keys of ``CHOICES``. Ties, memberships, mandates, seats, contacts and entries go
    over with all they say; what would be there twice, and the tie between the two, stays with
    ``absorbed``, which leads to ``kept`` from now on. ``undo_merge`` brings all of it back.

    Raises ``SameActorError``, ``AlreadyMergedError``, ``ExampleAndRealError``, and ``KeyError``
    when ``take`` names what is no choice.
    """
    rules.require(rules.may_keep_actors, by)
    if kept.pk == absorbed.pk:
        raise SameActorError(kept.key)
    kept, absorbed = _locked(kept, absorbed)
    if kept.merged_into_id or absorbed.merged_into_id:
        raise AlreadyMergedError(absorbed.key)
    if kept.is_demo != absorbed.is_demo:
        raise ExampleAndRealError(absorbed.key)
    record: dict[str, Any] = {"moved": [], "stayed": []}
    for row, field in rewiring.pointing_to(absorbed):
        moved = rewiring.point_to(row, field, kept)
        record["moved" if moved else "stayed"].append([row._meta.label, row.pk, moved or field])
    record["moved"].extend(_origins_taken(kept, absorbed, take))
    record["kept"], record["absorbed"] = _take_over(kept, absorbed, take)
    keep_stale_days([kept, absorbed])
    merge = Merge.objects.create(
        kept=kept, absorbed=absorbed, merged_at=at, merged_by=_person(by), record=record
    )
    audit.record(
        "actor.merged",
        about=kept,
        by=by,
        at=at,
        changes={"absorbed": [None, str(absorbed.key)], "taken": [None, sorted(take)]},
    )
    ask_for_layout()
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Doer, at: datetime, reason: str = "") -> Merge:
    """Part the two again: what came over goes back, what was added since stays with the kept.

    A field that was edited after the merge keeps what it was edited to. Raises
    ``AlreadyUndoneError`` and ``LaterMergeError``.
    """
    rules.require(rules.may_keep_actors, by)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    if merge.undone_at is not None:
        raise AlreadyUndoneError(merge.key)
    _require_last(merge)
    rewiring.put_back(kept, merge.record["kept"])
    rewiring.put_back(absorbed, merge.record["absorbed"])
    for label, key, changed in reversed(merge.record["moved"]):
        row = apps.get_model(label)._default_manager.filter(pk=key).first()
        if row is not None:
            rewiring.put_back(row, changed)
    # The name of the one that left is no longer looked for here.
    kept.save()
    keep_stale_days([kept, absorbed])
    merge.undone_at, merge.undone_by = at, _person(by)
    merge.save(update_fields=["undone_at", "undone_by"])
    audit.record(
        "actor.merge-undone",
        about=kept,
        by=by,
        at=at,
        changes={"absorbed": [str(absorbed.key), None]},
        reason=reason,
    )
    ask_for_layout()
    return merge


@transaction.atomic
def tell_apart(*, first: Actor, second: Actor, by: Doer, at: datetime) -> None:
    """Say that two actors that look alike are two, so that nobody is asked again."""
    rules.require(rules.may_keep_actors, by)
    if first.pk == second.pk:
        raise SameActorError(first.key)
    one, other = sorted((first, second), key=lambda actor: actor.pk)
    _, is_new = NotTheSame.objects.get_or_create(first=one, second=other, defaults={"said_at": at})
    if is_new:
        audit.record(
            "actor.told-apart",
            about=first,
            by=by,
            at=at,
            changes={"other": [None, str(second.key)]},
        )


def _locked(*actors: Actor) -> tuple[Actor, ...]:
    """Return the rows as they are now, held until this is done, always in the same order."""
    rows = Actor.objects.select_for_update().order_by("pk").in_bulk([each.pk for each in actors])
    return tuple(rows[each.pk] for each in actors)


def _origins_taken(
    kept: Actor, absorbed: Actor, take: Collection[str]
) -> list[tuple[str, int, Changes]]:
    """Let a field that is taken over be known from where it was known at the other."""
    fields = [name for choice in take for name in CHOICES[choice]]
    theirs = {row.field: row for row in absorbed.origins.filter(field__in=fields)}
    changes = []
    for own in kept.origins.filter(field__in=theirs).order_by("pk"):
        other = theirs.pop(own.field)
        changed = {
            name: [rewiring.value_of(own, name), rewiring.value_of(other, name)]
            for name in _OF_AN_ORIGIN
        }
        rewiring.write(own, {name: after for name, (_, after) in changed.items()})
        changes.append((own._meta.label, own.pk, changed))
    for other in theirs.values():
        changes.append((other._meta.label, other.pk, {"actor": [absorbed.pk, kept.pk]}))
        rewiring.write(other, {"actor": kept.pk})
    return changes


def _take_over(kept: Actor, absorbed: Actor, take: Collection[str]) -> tuple[Changes, Changes]:
    """Return what changed at the kept one and at the other."""
    fields = {name for choice in take for name in CHOICES[choice]}
    if absorbed.organisation_number and not kept.organisation_number:
        fields |= set(CHOICES["organisation_number"])
    wanted = {name: rewiring.value_of(absorbed, name) for name in sorted(fields)}
    known = [day for day in (kept.known_since, absorbed.known_since) if day is not None]
    first = min(known).isoformat() if len(known) == 2 else None  # noqa: PLR2004 - of two
    wanted["known_since"] = first
    at_kept = {name: [rewiring.value_of(kept, name), value] for name, value in wanted.items()}
    at_absorbed: Changes = {"merged_into": [None, kept.pk]}
    if "organisation_number" in fields:
        at_absorbed["organisation_number"] = [absorbed.organisation_number, ""]
    # The number is free before another has it.
    rewiring.save(absorbed, {name: after for name, (_, after) in at_absorbed.items()})
    rewiring.save(kept, wanted)
    return at_kept, at_absorbed


def _require_last(merge: Merge) -> None:
    both = (merge.kept_id, merge.absorbed_id)
    later = Merge.objects.filter(undone_at__isnull=True, pk__gt=merge.pk)
    if later.filter(models.Q(kept__in=both) | models.Q(absorbed__in=both)).exists():
        raise LaterMergeError(merge.key)


def _person(by: Doer) -> Person | None:
    return Person.objects.filter(user=by).first() if isinstance(by, User) else None
