"""The room's own search: what the directory, and whoever searches across the rooms, asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from django.utils import timezone

from samskap.actors import queries
from samskap.actors.compute.index import index_for
from samskap.actors.compute.lines import ActorLine, line_of
from samskap.kernel.folding import folded

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from samskap.actors.compute.index import DirectoryIndex
    from samskap.actors.models import Actor
    from samskap.trust.access import Reader

LIMIT: Final = 10
SUGGESTIONS: Final = 3
NO_ANSWER: Final = -1


@dataclass(frozen=True, slots=True)
class Hits:
    """The actors that answer best to a query, the best first.

    When nobody answers, ``suggestions`` are those whose names are most like what was typed.
    """

    actors: tuple[ActorLine, ...]
    suggestions: tuple[ActorLine, ...]


def search_actors(
    query: str,
    *,
    reader: Reader,
    language: str | None,
    limit: int = LIMIT,
    on: date | None = None,
) -> Hits:
    """Return those ``reader`` may see that hold every word of ``query``, on ``on``, else today.

    At most ``limit``, the best first. A word is looked for in names, number, place, description
    and industries, however it was typed; nothing that is kept of people is looked in. A query
    without words finds nobody.
    """
    seen = queries.actors_seen_by(reader)
    if not query.strip():
        return Hits((), ())
    index = index_for(reader, on=on or timezone.localdate())
    ranks = answers(index, query)
    found = np.flatnonzero(ranks != NO_ANSWER)
    order = np.lexsort([index.names_in(language)[found], ranks[found]])[:limit]
    keys = index.keys[found[order]].tolist()
    rows = {row.pk: row for row in queries.for_lines(seen.filter(pk__in=keys))}
    hits = tuple(line_of(rows[key]) for key in keys if key in rows)
    return Hits(hits, () if hits else did_you_mean(seen, query))


def answers(index: DirectoryIndex, query: str) -> NDArray[np.int64]:
    """Return how well each of ``index`` answers to ``query``: the lower the number, the better.

    0: its name begins as the query does; 1: something of it has a word that does; 2: the rest that
    hold every word; ``NO_ANSWER``: it does not. Without words everyone answers alike.
    """
    typed, held = folded(query), index.everyone()
    for word in queries.words_of(query):
        parts = folded(word).split()
        said = [all(part in text for part in parts) for text in index.texts]
        keys = queries.industries_like(word)
        held &= np.array(said, dtype=np.bool_) | (index.in_industries(keys) if keys else False)
    ranks = np.full(len(index.keys), NO_ANSWER, dtype=np.int64)
    for place in np.flatnonzero(held).tolist():
        ranks[place] = _nearness(typed, index.texts[place])
    return ranks


def _nearness(typed: str, text: str) -> int:
    if text.startswith(typed):
        return 0
    return 1 if f" {typed}" in text or f"\n{typed}" in text else 2


def did_you_mean(actors: QuerySet[Actor], query: str) -> tuple[ActorLine, ...]:
    """Return a few of ``actors`` whose words are much like those of ``query``."""
    near = queries.near_misses(queries.for_lines(actors), query, at_most=SUGGESTIONS)
    return tuple(map(line_of, near))
