"""Bring what a document says into the database: what differs, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many things were new, changed and already as the document says."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        """How many things the document spoke of."""
        return self.created + self.changed + self.unchanged

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


def differences(row: Model, facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return ``[before, after]`` for each field of ``row`` that ``facts`` would change.

    The values are plain enough for the audit trail: a date is its ISO text, another row is its
    key.
    """
    before = {field: getattr(row, field) for field in facts}
    return {
        field: [plain(before[field]), plain(after)]
        for field, after in facts.items()
        if before[field] != after
    }


def first_values(facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return ``[None, value]`` for each of ``facts`` that has a value: what a new row began as."""
    return {
        field: [None, plain(value)] for field, value in facts.items() if value not in (None, "")
    }


def plain(value: Any) -> Any:
    """Return ``value`` as the audit trail keeps it."""
    if isinstance(value, Model):
        return str(getattr(value, "key", value.pk))
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
