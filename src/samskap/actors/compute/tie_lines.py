"""A tie as it stands in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from samskap.actors.models import Confidence, Tie, TieKind
from samskap.evidence.public import PublishedSource, publish_source
from samskap.evidence.queries import sources_seen_by
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from samskap.actors.models import Actor
    from samskap.trust.access import Reader


class TieEnd(NamedTuple):
    """One of the two that a tie joins."""

    slug: str
    name: LocalisedText
    is_demo: bool


@dataclass(frozen=True, slots=True)
class TieLine:
    """``one`` is ``kind`` to ``other``, from a day until, not including, another; open if none.

    When the reader may not see the source, ``source`` is none and ``source_note`` empty.
    """

    key: UUID
    kind: TieKind
    one: TieEnd
    other: TieEnd
    valid_from: date | None
    valid_to: date | None
    role: LocalisedText
    confidence: Confidence
    source: PublishedSource | None
    source_note: LocalisedText
    is_demo: bool


@dataclass(frozen=True, slots=True)
class TiesFound:
    """One page of ties, counted from page 1."""

    total: int
    page: int
    pages: int
    ties: tuple[TieLine, ...]


def page_of_ties(ties: QuerySet[Tie], *, page: int, size: int, reader: Reader) -> TiesFound:
    """Return a page of ``ties``; a page past the end is the last."""
    total = ties.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    shown = tie_lines(ties[(page - 1) * size : page * size], reader=reader)
    return TiesFound(total, page, pages, shown)


def tie_lines(ties: QuerySet[Tie], *, reader: Reader) -> tuple[TieLine, ...]:
    """Turn rows into lines. Two questions to the database, however many they are."""
    return lines_of(list(with_ends(ties)), reader=reader)


def with_ends(ties: QuerySet[Tie]) -> QuerySet[Tie]:
    """Fetch ``ties`` with the two each of them joins."""
    return ties.select_related("from_actor", "to_actor")


def lines_of(rows: Collection[Tie], *, reader: Reader) -> tuple[TieLine, ...]:
    """Turn rows, fetched ``with_ends``, into lines. One question to the database."""
    sources = sources_seen_by(reader).in_bulk({row.source_id for row in rows}) if rows else {}
    return tuple(
        _line(row, publish_source(sources[row.source_id]) if row.source_id in sources else None)
        for row in rows
    )


def _line(row: Tie, source: PublishedSource | None) -> TieLine:
    return TieLine(
        key=row.key,
        kind=TieKind(row.kind),
        one=_end(row.from_actor),
        other=_end(row.to_actor),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        role=row.role,
        confidence=Confidence(row.confidence),
        source=source,
        source_note=row.source_note if source else LocalisedText(),
        is_demo=row.is_demo,
    )


def _end(actor: Actor) -> TieEnd:
    return TieEnd(actor.slug, actor.name, actor.is_demo)
