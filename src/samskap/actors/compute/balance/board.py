"""A balance on paper, for a board: who we are, who is missing, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.findings import (
    ChangeInWords,
    FactorGaps,
    change_in_words,
    factor_gaps,
)
from samskap.actors.compute.balance.overview import overview
from samskap.actors.compute.balance.scope import (
    UnknownScopeError,
    Whom,
    actors_in,
    scope_named,
)
from samskap.actors.compute.balance.tables import Bars, Tables, bars, tables
from samskap.actors.compute.lines import line_of
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from samskap.actors.compute.balance.address import BalanceAsked
    from samskap.actors.compute.balance.links import Doors
    from samskap.actors.compute.balance.scope import Scope
    from samskap.actors.compute.lines import ActorLine
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class BoardPage:
    """All that stands on the paper.

    ``members`` are who we are, factor by factor; those of no factor last, under none. It is empty
    for all we know, who are too many for a page.
    """

    asked: BalanceAsked
    scope: Scope
    title: str
    actors: int
    members: tuple[tuple[Factor | None, tuple[ActorLine, ...]], ...]
    tables: Tables
    bars: tuple[Bars, ...]
    gaps: tuple[FactorGaps, ...]
    change: ChangeInWords

    @property
    def is_place(self) -> bool:
        """Whether every municipality should have someone; a body need not."""
        return self.scope.body is None


def board_page(asked: BalanceAsked, *, reader: Reader, region: Region, doors: Doors) -> BoardPage:
    """Return what a board should have on paper. At most seven questions to the database.

    Raises ``UnknownScopeError`` when ``asked.of`` means nothing to ``reader``.
    """
    scope = scope_named(asked.of, reader=reader, selection=asked.selection)
    if scope is None:
        raise UnknownScopeError(asked.of)
    found = overview(scope, reader=reader, region=region, since=asked.since_day, on=asked.on)
    lines: tuple[ActorLine, ...] = ()
    if scope.whom != Whom.ALL:
        here = actors_in(scope, reader=reader, region=region, on=asked.on)
        lines = tuple(line_of(actor) for actor in queries.for_lines(here))
    return BoardPage(
        asked=asked,
        scope=scope,
        title=words.finding(found),
        actors=found.balance.actors,
        members=_by_factor(lines),
        tables=tables(found, doors),
        bars=bars(found, doors),
        gaps=() if scope.body else factor_gaps(found),
        change=change_in_words(found),
    )


def _by_factor(
    lines: tuple[ActorLine, ...],
) -> tuple[tuple[Factor | None, tuple[ActorLine, ...]], ...]:
    groups: list[tuple[Factor | None, tuple[ActorLine, ...]]] = [
        (factor, tuple(line for line in lines if factor in line.factors)) for factor in Factor
    ]
    groups.append((None, tuple(line for line in lines if not line.factors)))
    return tuple(group for group in groups if group[1])
