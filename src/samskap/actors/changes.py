"""Whether what the directory is made of has changed."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import Count, Max

from samskap.actors.models import DirectoryChange

_KEPT: Final = 1000


class Mark(NamedTuple):
    """What is the same for as long as nothing changes, and never comes back after it has.

    The newest change and how many there are: a change that began earlier and was committed later
    alters the number alone.
    """

    newest: int | None
    number: int


def mark() -> Mark:
    """Return the mark of this moment. One question to the database."""
    found = DirectoryChange.objects.aggregate(newest=Max("pk"), number=Count("pk"))
    return Mark(found["newest"], found["number"])


def forget_old_changes() -> int:
    """Remove all but the newest thousand rows, and count what was removed."""
    newest = mark().newest or 0
    return DirectoryChange.objects.filter(pk__lte=newest - _KEPT).delete()[0]
