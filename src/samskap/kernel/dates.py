"""Days as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from datetime import date


def day_in_words(day: date) -> str:
    """Write a day with its month in full and its year, as the reader's language does."""
    return date_format(day, pgettext("date format", "j F Y"))


def month_in_words(day: date) -> str:
    """Write the month of a day in full, and its year."""
    return date_format(day, pgettext("date format", "F Y"))


def period_in_words(first: date | None, end: date | None) -> str:
    """Say from when until when; ``end`` is the first day it is over. '' when both are open."""
    if first and end:
        return _("%(first)s to %(end)s") % {"first": day_in_words(first), "end": day_in_words(end)}
    if first:
        return _("since %(first)s") % {"first": day_in_words(first)}
    return _("until %(end)s") % {"end": day_in_words(end)} if end else ""
