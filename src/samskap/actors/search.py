"""The room's own search: what the directory, and whoever searches across the rooms, asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from samskap.actors import queries
from samskap.actors.compute.lines import ActorLine, line_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors.models import Actor
    from samskap.trust.access import Reader

LIMIT: Final = 10
SUGGESTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Hits:
    """The actors that answer best to a query, the best first.

    When nobody answers, ``suggestions`` are those whose names are most like what was typed.
    """

    actors: tuple[ActorLine, ...]
    suggestions: tuple[ActorLine, ...]


def search_actors(query: str, *, reader: Reader, language: str | None, limit: int = LIMIT) -> Hits:
    """Return those ``reader`` may see that hold every word of ``query``, ``limit`` at most.

    A word is looked for in names, number, place, description and industries, however it was
    typed; nothing that is kept of people is looked in. A query without words finds nobody.
    """
    seen = queries.actors_seen_by(reader)
    if not query.strip():
        return Hits((), ())
    ranks = answers(seen, query)
    found = queries.for_lines(queries.in_order(seen, language=language).filter(pk__in=ranks))
    best = sorted(found, key=lambda actor: ranks[actor.pk])[:limit]
    return Hits(tuple(map(line_of, best)), () if best else did_you_mean(seen, query))


def holding(actors: QuerySet[Actor], query: str) -> QuerySet[Actor]:
    """Return those of ``actors`` that answer to ``query``; all, when there are no words in it."""
    return queries.matching(actors, query)


def answers(actors: QuerySet[Actor], query: str) -> dict[int, int]:
    """Return the database keys of those that answer, the lower the number the better."""
    return queries.answers(actors, query)


def did_you_mean(actors: QuerySet[Actor], query: str) -> tuple[ActorLine, ...]:
    """Return a few of ``actors`` whose words are much like those of ``query``."""
    near = queries.near_misses(queries.for_lines(actors), query, at_most=SUGGESTIONS)
    return tuple(map(line_of, near))
