"""Tie actors together, keep what is said of a tie right, and let it end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samskap.actors import rules
from samskap.actors.drawing import ask_for_layout
from samskap.actors.models import MUTUAL, Confidence, Tie, TieKind
from samskap.evidence.actions import UnknownSourceError
from samskap.evidence.models import Source
from samskap.kernel.loading import differences, first_values
from samskap.kernel.text import LocalisedText
from samskap.trust import audit
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from samskap.actors.models import Actor
    from samskap.trust.doers import Doer
    from samskap.trust.models import Party


class TieAlreadyEndedError(Exception):
    """The tie ends on that day already, or before it."""


@dataclass(frozen=True, slots=True)
class TieFacts:
    """What we say of a tie: ``from_actor`` is ``kind`` to ``to_actor``.

    It holds from ``valid_from`` until, not including, ``valid_to``; ``None`` is open. A mutual
    kind may be told from either side. ``source`` is the key of a source. ``visible_to`` is the one
    party that may see a tie whose visibility is ``party``.
    """

    kind: TieKind
    from_actor: Actor
    to_actor: Actor
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    role: LocalisedText = field(default_factory=LocalisedText)
    source_note: LocalisedText = field(default_factory=LocalisedText)
    confidence: Confidence = Confidence.REPORTED
    visibility: Visibility = Visibility.SECRETARIAT
    visible_to: Party | None = None
    is_demo: bool = False


@transaction.atomic
def tie_actors(*, facts: TieFacts, by: Doer, at: datetime) -> Tie:
    """Write down a tie, and ask for the network to be drawn again.

    Raises ``ValidationError`` for a tie of an actor to itself, one that ends before it begins, one
    that is written down already for some of the time, and one of an actor that is merged into
    another; ``UnknownSourceError`` for a source that is not here.
    """
    rules.require(rules.may_keep_actors, by)
    tie = _make(facts, _source(facts.source), by=by, at=at)
    ask_for_layout()
    return tie


@transaction.atomic
def tie_many(*, facts: Iterable[TieFacts], by: Doer, at: datetime) -> list[Tie]:
    """Write down several ties as ``tie_actors`` does, all or none, and ask for one new picture."""
    rules.require(rules.may_keep_actors, by)
    sources: dict[str, Source] = {}
    ties = []
    for each in facts:
        if each.source not in sources:
            sources[each.source] = _source(each.source)
        ties.append(_make(each, sources[each.source], by=by, at=at))
    if ties:
        ask_for_layout()
    return ties


@transaction.atomic
def edit_tie(*, tie: Tie, facts: TieFacts, by: Doer, at: datetime, reason: str = "") -> Tie:
    """Let ``tie`` be as ``facts`` say; leaves no trace when it was so already.

    Raises as ``tie_actors`` does.
    """
    rules.require(rules.may_keep_actors, by)
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    fields = _fields(facts, _source(facts.source))
    changes = differences(tie, fields)
    if not changes:
        return tie
    for name, value in fields.items():
        setattr(tie, name, value)
    _keep(tie)
    ask_for_layout()
    verb = audit.verb_of_edit("tie.edited", changes)
    audit.record(verb, about=tie, by=by, at=at, changes=changes, reason=reason)
    return tie


@transaction.atomic
def end_tie(*, tie: Tie, on: date, by: Doer, at: datetime, reason: str = "") -> Tie:
    """Let ``tie`` hold until, not including, ``on``.

    Raises ``TieAlreadyEndedError`` when it ends by then, and ``ValidationError`` when it had not
    begun: that one is removed instead.
    """
    rules.require(rules.may_keep_actors, by)
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    if tie.valid_to is not None and tie.valid_to <= on:
        raise TieAlreadyEndedError(tie.key)
    changes = differences(tie, {"valid_to": on})
    tie.valid_to = on
    _keep(tie)
    ask_for_layout()
    audit.record("tie.ended", about=tie, by=by, at=at, changes=changes, reason=reason)
    return tie


@transaction.atomic
def remove_tie(*, tie: Tie, by: Doer, at: datetime, reason: str) -> None:
    """Take away a tie that never was; its row goes, the log keeps what it said."""
    rules.require(rules.may_keep_actors, by)
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    said = first_values(_said(tie))
    changes = {name: [value, None] for name, (_nothing, value) in said.items()}
    audit.record("tie.removed", about=tie, by=by, at=at, changes=changes, reason=reason)
    tie.delete()
    ask_for_layout()


def _make(facts: TieFacts, source: Source, *, by: Doer, at: datetime) -> Tie:
    fields = _fields(facts, source)
    tie = Tie(**fields)
    _keep(tie)
    audit.record("tie.made", about=tie, by=by, at=at, changes=first_values(fields))
    return tie


def _source(key: str) -> Source:
    source = Source.objects.filter(key=key).first()
    if source is None:
        raise UnknownSourceError(key)
    return source


def _fields(facts: TieFacts, source: Source) -> dict[str, Any]:
    ends = facts.from_actor, facts.to_actor
    first, second = sorted(ends, key=lambda end: end.pk) if facts.kind in MUTUAL else ends
    return {
        "kind": facts.kind,
        "from_actor": first,
        "to_actor": second,
        "valid_from": facts.valid_from,
        "valid_to": facts.valid_to,
        "role": facts.role,
        "source": source,
        "source_note": facts.source_note,
        "confidence": facts.confidence,
        "visibility": facts.visibility,
        "visible_to_party": facts.visible_to,
        # What ties an invented actor is invented too.
        "is_demo": facts.is_demo or first.is_demo or second.is_demo,
    }


def _said(tie: Tie) -> dict[str, Any]:
    names = ("kind", "from_actor", "to_actor", "valid_from", "valid_to", "role", "source")
    return {name: getattr(tie, name) for name in names}


def _keep(tie: Tie) -> None:
    """Save ``tie`` if it can be, in the transaction that is open."""
    tie.full_clean()
    _refuse_merged(tie)
    _refuse_twin(tie)
    tie.save()


def _refuse_merged(tie: Tie) -> None:
    """Refuse an end that turned out to be another actor: the tie is that other's."""
    for name in ("from_actor", "to_actor"):
        if getattr(tie, name).merged_into_id is not None:
            raise ValidationError(
                {name: _("This actor is merged into another. Choose that one instead.")}
            )


def _refuse_twin(tie: Tie) -> None:
    """Refuse what is said already: the same tie, in a time that is partly the same."""
    twins = Tie.objects.filter(
        kind=tie.kind, from_actor=tie.from_actor, to_actor=tie.to_actor
    ).exclude(pk=tie.pk)
    if any(_overlap(tie, twin) for twin in twins):
        raise ValidationError(
            _("This tie is written down already for some of that time. Change that one instead.")
        )


def _overlap(one: Tie, other: Tie) -> bool:
    one_is_first = one.valid_to is not None and _begins(other) >= one.valid_to.toordinal()
    other_is_first = other.valid_to is not None and _begins(one) >= other.valid_to.toordinal()
    return not (one_is_first or other_is_first)


def _begins(tie: Tie) -> int:
    return tie.valid_from.toordinal() if tie.valid_from else 0
