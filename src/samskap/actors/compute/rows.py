"""What stands on one row of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors import queries, rules
from samskap.actors.choices import Belonging
from samskap.actors.compute.lines import ActorLine, line_of
from samskap.actors.models import ActorStatus, Size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from samskap.actors.models import Actor
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """An actor in the directory: ``about`` is what it does, empty when nobody has said.

    ``is_stale``: something said of it should be asked about again; the public is not told.
    ``visibility`` is a value of ``Visibility``.
    """

    line: ActorLine
    about: LocalisedText
    belonging: Belonging
    size: Size
    status: ActorStatus
    is_stale: bool
    visibility: str


def rows_of(actors: Sequence[Actor], *, reader: Reader, on: date) -> tuple[DirectoryRow, ...]:
    """Turn rows, fetched ``for_lines``, into those of a directory. One question more."""
    belonging = _belonging(actors, reader=reader, on=on)
    knows = rules.may_know_freshness(reader)
    return tuple(
        DirectoryRow(
            line=line_of(actor),
            about=actor.description,
            belonging=belonging.get(actor.pk, Belonging.NONE),
            size=Size(actor.size),
            status=ActorStatus(actor.status),
            is_stale=knows and bool(actor.stale_from and actor.stale_from <= on),
            visibility=actor.visibility,
        )
        for actor in actors
    )


def _belonging(actors: Sequence[Actor], *, reader: Reader, on: date) -> dict[int, Belonging]:
    """Return what those who are or were members are on ``on``, by their database keys."""
    memberships = queries.memberships_seen_by(reader).filter(actor__in=[each.pk for each in actors])
    found: dict[int, Belonging] = {}
    for each in memberships:
        if each.is_valid_on(on):
            found[each.actor_id] = Belonging(each.kind)
        elif each.valid_to and each.valid_to <= on:
            found.setdefault(each.actor_id, Belonging.FORMER)
    return found
