"""Take in what is suggested of an actor, or say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskap.actors import rules
from samskap.actors.classifying import classify
from samskap.actors.compute.freshness import fact_of
from samskap.actors.facts import CodedIndustry, MoreFacts
from samskap.actors.models import (
    Actor,
    Confirmed,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from samskap.actors.origins import Said, keep_origins
from samskap.actors.told_us import source_told_us
from samskap.evidence.models import Place
from samskap.kernel.loading import differences
from samskap.kernel.text import LocalisedText
from samskap.trust import audit
from samskap.trust.models import Person, User, Visibility

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer


class SuggestionAnsweredError(Exception):
    """Somebody has accepted or declined it before."""


@transaction.atomic
def accept_suggestion(*, suggestion: Suggestion, by: Doer, at: datetime) -> Suggestion:
    """Let what is suggested be so: a correction is written, one who wants out is no longer shown.

    A correction is confirmed by who suggested it, on the day they did. An actor that is taken out
    is the secretariat's alone; why it is not erased: docs/decisions/0011. A comment is noted.
    Raises ``SuggestionAnsweredError``, and ``ValidationError`` when the value cannot be kept.
    """
    rules.require(rules.may_keep_actors, by)
    suggestion = _waiting(suggestion)
    actor = Actor.objects.select_for_update().get(pk=suggestion.actor_id)
    changes = _take_in(suggestion, actor, by=by, at=at)
    _decide(suggestion, SuggestionState.ACCEPTED, by=by, at=at)
    audit.record("suggestion.accepted", about=actor, by=by, at=at, changes=changes)
    return suggestion


@transaction.atomic
def decline_suggestion(
    *, suggestion: Suggestion, reason: str, by: Doer, at: datetime
) -> Suggestion:
    """Leave the actor as it is, and say why.

    Raises ``SuggestionAnsweredError``, and ``ValidationError`` without a reason.
    """
    rules.require(rules.may_keep_actors, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why not.")})
    suggestion = _waiting(suggestion)
    suggestion.reason = reason.strip()
    _decide(suggestion, SuggestionState.DECLINED, by=by, at=at)
    audit.record(
        "suggestion.declined",
        about=suggestion.actor,
        by=by,
        at=at,
        changes={"suggested": [None, suggestion.field or suggestion.kind]},
        reason=suggestion.reason,
    )
    return suggestion


def _waiting(suggestion: Suggestion) -> Suggestion:
    held = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if held.state != SuggestionState.WAITING:
        raise SuggestionAnsweredError(held.key)
    return held


def _decide(suggestion: Suggestion, state: SuggestionState, *, by: Doer, at: datetime) -> None:
    suggestion.state, suggestion.decided_at = state, at
    suggestion.decided_by = Person.objects.filter(user=by).first() if isinstance(by, User) else None
    suggestion.full_clean()
    suggestion.save()


def _take_in(
    suggestion: Suggestion, actor: Actor, *, by: Doer, at: datetime
) -> dict[str, list[Any]]:
    if suggestion.kind == SuggestionKind.COMMENT:
        return {}
    if suggestion.kind == SuggestionKind.REMOVE:
        return _write(actor, {"visibility": Visibility.SECRETARIAT, "visible_to_party": None})
    changes = _correct(suggestion, actor)
    keep_origins([_said(suggestion, actor, by=by, at=at)])
    return changes


def _correct(suggestion: Suggestion, actor: Actor) -> dict[str, list[Any]]:
    """Write the value; a name keeps its other languages, a number told by letter is of that day."""
    field, after = suggestion.field, suggestion.after
    if field == "industry_codes":
        codes = tuple(CodedIndustry(*code) for code in after or ())
        return classify(actor, MoreFacts(industry_codes=codes))
    if not fact_of(field):
        raise ValueError(field)
    fields = {field: _value(actor, field, after)}
    if field == "employees" and suggestion.import_run is None:
        on = timezone.localdate(suggestion.suggested_at)
        fields |= {"employees_on": on, "employees_are_few": False}
    return _write(actor, fields)


def _value(actor: Actor, field: str, after: Any) -> Any:
    before = getattr(actor, field)
    if isinstance(before, LocalisedText):
        return LocalisedText({**before, **(after or {})})
    if field == "place":
        return Place.objects.get(key=after)
    kept: Any = Actor._meta.get_field(field)
    return kept.to_python(after)


def _said(suggestion: Suggestion, actor: Actor, *, by: Doer, at: datetime) -> Said:
    """Say who vouches for the value: the actor, or the file that the suggestion came from."""
    run = suggestion.import_run
    return Said(
        actor=actor,
        fields=(suggestion.field,),
        source=run.source if run else source_told_us(by=by, at=at),
        by_whom=Confirmed.FILE if run else Confirmed.ACTOR,
        on=(run.file_on if run else None) or timezone.localdate(suggestion.suggested_at),
        are_new=True,
    )


def _write(actor: Actor, fields: dict[str, Any]) -> dict[str, list[Any]]:
    changes = differences(actor, fields)
    for name, value in fields.items():
        setattr(actor, name, value)
    actor.full_clean()
    actor.save()
    return changes
