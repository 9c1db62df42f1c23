"""Which of those we know may be one and the same, and what a merge of two would bring."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from samskap.actors import queries, rewiring
from samskap.actors.compute.lines import line_of
from samskap.actors.compute.lookalikes import Asked, lookalikes_among, possible_duplicates_of
from samskap.actors.models import Actor, NotTheSame, Tie
from samskap.actors.rewiring import CHOICES
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.compute.lookalikes import Lookalike
    from samskap.trust.access import Reader

# From the widest to the narrowest.
_WIDTH: Final = {visibility: at for at, visibility in enumerate(Visibility)}


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two that look alike, and in what. ``similarity`` of their names is 0 to 1."""

    first: ActorLine
    second: ActorLine
    similarity: float
    is_same_place: bool
    is_same_web: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What two say of the same thing. ``choice`` is a key of ``CHOICES``."""

    choice: str
    kept: tuple[Any, ...]
    absorbed: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two actors side by side, before a merge.

    ``moving`` is how many rows of each kind hang on the absorbed, ``made_visible`` how many of
    them would be seen by more than can see them today.
    """

    differences: tuple[Difference, ...]
    moving: tuple[tuple[str, int], ...]
    made_visible: int


def likely_pairs(*, reader: Reader) -> tuple[LikelyPair, ...]:
    """Return the pairs that look alike and have not been told apart, the likest first.

    An invented and a real one are no pair. At most nine questions to the database, however many
    there are.
    """
    seen = {
        actor.pk: actor
        for actor in queries.actors_seen_by(reader).only(
            "pk", "key", "name", "place", "web", "is_demo"
        )
    }
    apart = set(NotTheSame.objects.values_list("first", "second"))
    found: dict[tuple[int, int], Lookalike] = {}
    by_key = {actor.key: actor for actor in seen.values()}
    for alike in possible_duplicates_of(_asked(seen.values())):
        one, other = seen[alike.line], by_key.get(alike.key)
        if other is None or other.pk == one.pk or one.is_demo != other.is_demo:
            continue
        pair = (min(one.pk, other.pk), max(one.pk, other.pk))
        if pair not in apart and pair not in found:
            found[pair] = alike
    return _pairs(found, reader=reader)


def lookalikes_of(
    *, name: str, place: int | None, web: str, reader: Reader
) -> tuple[Lookalike, ...]:
    """Return those ``reader`` may see that look like somebody about to be written down.

    ``place`` is a database key, ``web`` an address or ''. The likest come first. One question to
    the database.
    """
    asked = Asked(line=0, name=name, place=place, web=web)
    return tuple(lookalikes_among(queries.actors_seen_by(reader), asked))


def compare(kept: Actor, absorbed: Actor) -> Comparison:
    """Lay two actors side by side: what they say differently, and what would go over."""
    differences = []
    for choice, fields in CHOICES.items():
        ours, theirs = ([getattr(each, name) for name in fields] for each in (kept, absorbed))
        if ours != theirs and any(value not in ("", None, {}) for value in theirs):
            differences.append(Difference(choice, tuple(ours), tuple(theirs)))
    moving, seen = Counter[str](), 0
    for row, _field in rewiring.pointing_to(absorbed):
        moving[row._meta.label] += 1
        seen += _is_wider(row, kept, absorbed)
    return Comparison(tuple(differences), tuple(sorted(moving.items())), seen)


def _is_wider(row: Any, kept: Actor, absorbed: Actor) -> bool:
    """Whether what hid behind the absorbed would be seen as widely as it says itself."""
    if not hasattr(row, "visibility"):
        return False
    today = max(_WIDTH[Visibility(row.visibility)], _WIDTH[Visibility(absorbed.visibility)])
    then = max(_WIDTH[Visibility(row.visibility)], _WIDTH[Visibility(kept.visibility)])
    is_between = isinstance(row, Tie) and {row.from_actor_id, row.to_actor_id} == {
        kept.pk,
        absorbed.pk,
    }
    return then < today and not is_between


def _asked(actors: Iterable[Actor]) -> Iterable[Asked]:
    for actor in actors:
        name = actor.name.in_language(DEFAULT_LANGUAGE)
        yield Asked(line=actor.pk, name=name, place=actor.place_id, web=actor.web)


def _pairs(found: dict[tuple[int, int], Lookalike], *, reader: Reader) -> tuple[LikelyPair, ...]:
    wanted = {key for pair in found for key in pair}
    rows = queries.for_lines(queries.actors_seen_by(reader).filter(pk__in=wanted))
    lines = {actor.pk: line_of(actor) for actor in rows}
    pairs = [
        LikelyPair(
            first=lines[one],
            second=lines[other],
            similarity=alike.similarity,
            is_same_place=alike.is_same_place,
            is_same_web=alike.is_same_web,
        )
        for (one, other), alike in found.items()
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.first.slug)))
