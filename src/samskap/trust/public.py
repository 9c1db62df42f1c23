"""What the world may see of trust: how far the log is sealed, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.log.heads import Head
from samskap.trust.log.keys import as_pem
from samskap.trust.models import LogHead

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Head", "as_pem", "head_of_day", "newest_heads"]


def newest_heads(*, at_most: int) -> tuple[Head, ...]:
    """Return the heads that were signed last, the newest first."""
    return tuple(Head.of(row) for row in LogHead.objects.order_by("-id")[:at_most])


def head_of_day(day: date) -> Head | None:
    """Return the last head that was signed on a day of ours."""
    row = LogHead.objects.filter(made_at__date=day).order_by("-id").first()
    return Head.of(row) if row else None
