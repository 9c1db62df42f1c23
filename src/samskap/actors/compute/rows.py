"""What stands on one row of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors.choices import Belonging
from samskap.actors.compute.lines import ActorLine, line_of
from samskap.actors.models import ActorStatus, Size

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.models import Actor
    from samskap.kernel.text import LocalisedText


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


def row_of(actor: Actor, *, belonging: str, knows: bool, on: date) -> DirectoryRow:
    """Turn a row, fetched ``for_lines``, into one of a directory.

    ``belonging`` is a value of ``Belonging``; ``knows`` is whether its reader may know what is
    stale on ``on``.
    """
    return DirectoryRow(
        line=line_of(actor),
        about=actor.description,
        belonging=Belonging(belonging),
        size=Size(actor.size),
        status=ActorStatus(actor.status),
        is_stale=knows and actor.stale_from is not None and actor.stale_from <= on,
        visibility=actor.visibility,
    )
