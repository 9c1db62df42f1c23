"""Days as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from datetime import date


def day_in_words(day: date) -> str:
    """Write a day with its month in full and its year, as the reader's language does."""
    return date_format(day, pgettext("date format", "j F Y"))
