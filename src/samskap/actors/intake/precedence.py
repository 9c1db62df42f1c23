"""Whose word counts when a file and what we know do not agree.

docs/decisions/0015-whose-word-counts-at-import.md says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from samskap.actors.compute.freshness import fact_of
from samskap.actors.models import ActorStatus, Confirmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from samskap.actors.models import Actor, FieldOrigin
    from samskap.evidence.models import Source

_PEOPLE: Final = frozenset({Confirmed.ACTOR, Confirmed.SECRETARIAT})
# What the register decides by being the register, whoever has said otherwise before.
_THE_REGISTERS_OWN: Final = frozenset(
    {"official_name", "legal_form", "status", "founded_on", "industry_codes", "employees"}
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: a source, whether that is a register, and the day it is from."""

    source: Source
    is_register: bool
    on: date

    @property
    def confirmer(self) -> Confirmed:
        """What a field is said to be confirmed by."""
        return Confirmed.REGISTER if self.is_register else Confirmed.FILE


@dataclass(slots=True)
class Verdict:
    """What becomes of what was said of an actor: taken, kept as a suggestion, or the same."""

    taken: dict[str, Any] = field(default_factory=dict)
    suggested: dict[str, Any] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    # Taken although a person had confirmed something else, and when they did.
    overruled: dict[str, date] = field(default_factory=dict)


def judge(
    actor: Actor,
    said: Mapping[str, Any],
    *,
    before: Mapping[str, Any],
    by: Speaker,
    origins: Mapping[str, FieldOrigin],
) -> Verdict:
    """Return which of what is ``said`` is to be written; ``before`` is what stands there now."""
    verdict = Verdict()
    for name, value in said.items():
        origin = origins.get(fact_of(name))
        if before[name] == value:
            verdict.same.append(name)
        elif _may_replace(actor, name, before[name], origin, by):
            verdict.taken[name] = value
            if origin is not None and origin.confirmed_by in _PEOPLE:
                verdict.overruled[name] = origin.confirmed_on
        else:
            verdict.suggested[name] = value
    return verdict


def worth_confirming(
    same: Iterable[str], *, origins: Mapping[str, FieldOrigin], by: Speaker
) -> list[str]:
    """Return which of the fields that are as said get the file's word for it, too.

    A list that somebody sends never takes the place of a person's or a register's word.
    """
    return [
        name
        for name in same
        if by.is_register
        or (origin := origins.get(fact_of(name))) is None
        or origin.confirmed_by == Confirmed.FILE
    ]


def _may_replace(
    actor: Actor, name: str, before: Any, origin: FieldOrigin | None, by: Speaker
) -> bool:
    if _is_nothing(name, before, origin):
        return True
    if origin is None:
        # Whoever wrote the actor down wrote this, on the word of the actor's source.
        return actor.source_id == by.source.pk
    if origin.confirmed_by in _PEOPLE:
        return (
            by.is_register and fact_of(name) in _THE_REGISTERS_OWN and origin.confirmed_on < by.on
        )
    # A list answers for what it said itself; the register for what any list or register said.
    return (by.is_register or origin.source_id == by.source.pk) and origin.confirmed_on <= by.on


def _is_nothing(name: str, before: Any, origin: FieldOrigin | None) -> bool:
    """Whether nobody has said anything: an empty field, or one that stands as it began."""
    if before in (None, "", (), [], {}):
        return True
    if origin is not None:
        return False
    return (name == "status" and before == ActorStatus.ACTIVE) or before is False
