"""How an actor hangs together with others, in words and from its own side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.actors.models import ActorKind, Confidence, TieKind
from samskap.actors.queries.whole import ties_of
from samskap.kernel.dates import period_in_words
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from samskap.actors.models import Actor, Tie
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class OtherActor:
    """Who is at the other end of a tie."""

    slug: str
    name: LocalisedText
    kind: ActorKind
    place: LocalisedText
    is_demo: bool


@dataclass(frozen=True, slots=True)
class TieFromHere:
    """One tie, told from one side.

    It holds from ``valid_from`` until, not including, ``valid_to``; either may be open. When the
    reader may not see the source, ``source_title`` and ``source_note`` are empty.
    """

    key: UUID
    kind: TieKind
    words: str
    other: OtherActor
    role: LocalisedText
    valid_from: date | None
    valid_to: date | None
    source_key: str
    source_title: LocalisedText
    source_note: LocalisedText
    confidence: Confidence
    holds: bool

    @property
    def period(self) -> str:
        """From when until when, in words; '' when both ends are open."""
        return period_in_words(self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class TieGroup:
    """What an actor is to others ('Member of'), those others in Norwegian order."""

    words: str
    ties: tuple[TieFromHere, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of an actor that hold, by what they are, and those that are over or not yet."""

    groups: tuple[TieGroup, ...]
    others: tuple[TieFromHere, ...]

    @property
    def count(self) -> int:
        """How many hold."""
        return sum(len(group.ties) for group in self.groups)


def ties_from(actor: Actor, *, reader: Reader, on: date) -> Ties:
    """Return the ties of ``actor`` that ``reader`` may see, from its side. One question."""
    rows = sorted(ties_of(actor, reader=reader), key=lambda row: _other(row, actor).sort_key)
    lines = [_line(row, actor, on) for row in rows]
    holding = [line for line in lines if line.holds]
    return Ties(
        groups=tuple(_grouped(holding)), others=tuple(line for line in lines if not line.holds)
    )


def _grouped(lines: Iterable[TieFromHere]) -> Iterable[TieGroup]:
    by_words: dict[tuple[int, str], list[TieFromHere]] = {}
    order = list(TieKind)
    for line in lines:
        by_words.setdefault((order.index(line.kind), line.words), []).append(line)
    return (TieGroup(words, tuple(by_words[place, words])) for place, words in sorted(by_words))


def _other(tie: Tie, actor: Actor) -> Actor:
    return tie.to_actor if tie.from_actor_id == actor.pk else tie.from_actor


def _line(tie: Tie, actor: Actor, on: date) -> TieFromHere:
    told: Any = tie
    kind, other = TieKind(tie.kind), _other(tie, actor)
    is_first = tie.from_actor_id == actor.pk
    is_seen = bool(told.source_is_seen)
    return TieFromHere(
        key=tie.key,
        kind=kind,
        words=str(kind.label) if is_first or kind.is_mutual else kind.from_the_other_side,
        other=OtherActor(
            other.slug, other.name, ActorKind(other.kind), other.place.name, other.is_demo
        ),
        role=tie.role,
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
        source_key=tie.source.key if is_seen else "",
        source_title=tie.source.title if is_seen else LocalisedText(),
        source_note=tie.source_note if is_seen else LocalisedText(),
        confidence=Confidence(tie.confidence),
        holds=tie.holds_on(on),
    )
