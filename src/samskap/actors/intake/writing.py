"""Write what was planned: a handful of questions to the database, however many the rows."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

from samskap.actors.intake.precedence import worth_confirming
from samskap.actors.intake.ties import tie_parts
from samskap.actors.models import (
    Actor,
    ActorFactor,
    IndustryCode,
    RowOutcome,
    Suggestion,
    SuggestionKind,
)
from samskap.actors.models.actor import RESERVED_SLUGS
from samskap.actors.origins import Said, begin_freshness, keep_first_origins, keep_origins
from samskap.kernel.copying import copy_in, copy_in_kept
from samskap.kernel.folding import slug_of
from samskap.trust.audit import Deed, record_all
from samskap.trust.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from samskap.actors.intake.plan import Planned, Terms
    from samskap.actors.models import Confirmed, ImportRun
    from samskap.evidence.models import Source
    from samskap.trust.doers import Doer

_SLUG_LENGTH: Final = 64
_BATCH: Final = 1000
# What an actor says of itself by the way, and no field of its own.
_APART: Final = "industry_codes"
_COMPUTED: Final = ("sort_key", "sort_keys", "search_text", "size")
# What goes with who is new, and is nobody's word.
_OURS: Final = frozenset(
    {"source", "source_note", "visibility", "is_demo", "known_since", "country"}
)


def write(
    plans: Sequence[Planned], *, terms: Terms, run: ImportRun, by: Doer, at: datetime
) -> None:
    """Bring in what ``plans`` say. Leaves an entry in the audit trail for each actor it touches.

    Call it in the transaction of the action, with plans made in that same transaction.
    """
    created = [plan for plan in plans if plan.outcome == RowOutcome.CREATED]
    updated = [plan for plan in plans if plan.outcome == RowOutcome.UPDATED]
    _create(created, terms)
    _update(updated)
    _code([*created, *updated], terms)
    _keep_origins(plans, terms)
    _suggest(plans, run, at)
    record_all(
        chain(
            (_deed("actor.registered", plan) for plan in created),
            (_deed("actor.edited", plan) for plan in updated),
        ),
        by=by,
        at=at,
        reason=run.file_name,
    )
    tie_parts(plans, terms=terms, by=by, at=at)


def _create(plans: Sequence[Planned], terms: Terms) -> None:
    speaker = terms.speaker
    parties = [Party() for _plan in plans]
    copy_in_kept(parties)
    taken = set(Actor.objects.order_by().values_list("slug", flat=True))
    for plan, party in zip(plans, parties, strict=True):
        actor = Actor(slug=_free_slug(plan.row.name, taken), party=party, **plan.setting)
        actor.bring_in_step()
        plan.actor = actor
    new = [
        Said(_actor(plan), _told(plan), terms.source, speaker.confirmer, speaker.on)
        for plan in plans
    ]
    begin_freshness(new)
    copy_in_kept([_actor(plan) for plan in plans])
    copy_in(
        ActorFactor(actor=_actor(plan), factor=factor, reason=reason)
        for plan in plans
        for factor, reason in (plan.row.factors or plan.row.likely_factors).items()
    )
    keep_first_origins(new)


def _free_slug(name: str, taken: set[str]) -> str:
    """Return an address made from the name, numbered from 2 when another has it, and take it."""
    slug = slug_of(name)[:_SLUG_LENGTH].strip("-") or "actor"
    wanted = chain([slug], (f"{slug}-{number}" for number in count(2)))
    free = next(each for each in wanted if each not in taken | RESERVED_SLUGS)
    taken.add(free)
    return free


def _update(plans: Sequence[Planned]) -> None:
    for plan in plans:
        actor = _actor(plan)
        for field, value in plan.setting.items():
            if field != _APART:
                setattr(actor, field, value)
        actor.bring_in_step()
    fields = sorted({field for plan in plans for field in plan.setting} - {_APART})
    actors = [_actor(plan) for plan in plans if set(plan.setting) - {_APART}]
    if actors:
        Actor.objects.bulk_update(actors, [*fields, *_COMPUTED], batch_size=200)


def _code(plans: Sequence[Planned], terms: Terms) -> None:
    """Write the codes of those who are new, and of those whose codes have changed."""
    changed = [plan for plan in plans if _APART in plan.changes]
    before = [_actor(plan).pk for plan in changed if plan.outcome == RowOutcome.UPDATED]
    IndustryCode.objects.filter(actor__in=before).delete()
    copy_in(
        IndustryCode(
            actor=_actor(plan),
            standard=code.standard,
            code=code.code,
            position=position,
            source=terms.source,
        )
        for plan in changed
        for position, code in enumerate(plan.row.codes, start=1)
    )


def _keep_origins(plans: Iterable[Planned], terms: Terms) -> None:
    speaker, changed, same = terms.speaker, [], []
    for plan in plans:
        if plan.actor is None or plan.outcome == RowOutcome.REJECTED:
            continue
        said = (plan.actor, terms.source, speaker.confirmer, speaker.on)
        if plan.outcome == RowOutcome.UPDATED:
            changed.append(_said(said, _told(plan), are_new=True))
        as_before = worth_confirming(plan.same, origins=plan.origins, by=speaker)
        if as_before:
            same.append(_said(said, tuple(as_before), are_new=False))
    keep_origins(changed)
    keep_origins(same)


def _told(plan: Planned) -> tuple[str, ...]:
    return tuple(name for name in plan.changes if name not in _OURS)


def _said(
    said: tuple[Actor, Source, Confirmed, date], fields: tuple[str, ...], *, are_new: bool
) -> Said:
    actor, source, by_whom, on = said
    return Said(actor, fields, source, by_whom, on, are_new=are_new)


def _suggest(plans: Iterable[Planned], run: ImportRun, at: datetime) -> None:
    """Leave what differs to the secretariat; what was suggested before is not suggested again."""
    wanted = [
        (_actor(plan), field, pair) for plan in plans for field, pair in plan.suggested.items()
    ]
    before = {
        (known.actor_id, known.field, repr(known.after))
        for known in Suggestion.objects.filter(
            actor__in=[actor.pk for actor, _field, _pair in wanted], kind=SuggestionKind.CORRECT
        ).order_by("id")
    }
    Suggestion.objects.bulk_create(
        (
            Suggestion(
                actor=actor,
                import_run=run,
                kind=SuggestionKind.CORRECT,
                field=field,
                before=_listed(old),
                after=_listed(new),
                suggested_at=at,
            )
            for actor, field, (old, new) in wanted
            if (actor.pk, field, repr(_listed(new))) not in before
        ),
        batch_size=_BATCH,
    )


def _listed(value: Any) -> Any:
    """Return a value as JSON gives it back, so that it can be compared with one that was kept."""
    if isinstance(value, list | tuple):
        return [_listed(each) for each in value]
    return dict(value) if isinstance(value, dict) else value


def _deed(verb: str, plan: Planned) -> Deed:
    return Deed(verb, _actor(plan), plan.changes)


def _actor(plan: Planned) -> Actor:
    assert plan.actor is not None  # noqa: S101 - every plan that is written has one by now
    return plan.actor
