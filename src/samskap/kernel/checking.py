"""Look at a row's conditions here before the database is asked about them."""

from __future__ import annotations

import datetime as dt
import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.constants import LOOKUP_SEP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import BaseConstraint

_ORDERED: Final = (int, float, Decimal, dt.date)
_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class Checked(models.Model):
    """A row that asks the database only about conditions that it cannot tell for itself.

    ``full_clean`` finds what it always finds: a condition that seems broken, or is of a kind that
    is not known here, is the database's to decide, before the row is written as when it is.
    """

    class Meta:
        abstract = True

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[BaseConstraint]]]:
        """Return what has still to be asked: all but the conditions that plainly hold."""
        return [
            (model, [each for each in constraints if not _plainly_holds(each, self)])
            for model, constraints in super().get_constraints()
        ]


def _plainly_holds(constraint: BaseConstraint, row: models.Model) -> bool:
    if not isinstance(constraint, CheckConstraint) or not isinstance(constraint.condition, Q):
        return False
    try:
        return holds(constraint.condition, row) is True
    except (CannotTellError, FieldDoesNotExist, TypeError):
        return False


class CannotTellError(Exception):
    """Only the database knows."""


def holds(condition: Q, row: models.Model) -> bool | None:
    """Whether ``condition`` holds for ``row``; ``None`` when it compares with nothing, as in SQL.

    Known are equality, ``in``, ``isnull``, and the order and range of numbers and days, of the
    row's own fields. Raises ``CannotTellError`` for anything else.
    """
    if condition.connector not in {Q.AND, Q.OR}:
        raise CannotTellError(condition.connector)
    decides = condition.connector == Q.OR
    said = [_said(child, row) for child in condition.children]
    answer: bool | None = not decides
    if decides in said:
        answer = decides
    elif None in said:
        answer = None
    return not answer if condition.negated and answer is not None else answer


def _said(child: Any, row: models.Model) -> bool | None:
    if isinstance(child, Q):
        return holds(child, row)
    if not isinstance(child, tuple):
        raise CannotTellError(child)
    name, _separator, lookup = child[0].partition(LOOKUP_SEP)
    value, wanted = _of_row(name, row), child[1]
    if lookup == "isnull":
        return bool((value is None) == wanted)
    if lookup == "range":
        least, most = wanted
        return holds(Q((f"{name}__gte", least), (f"{name}__lte", most)), row)
    if lookup == "in":
        return None if value is None else value in [_known(each) for each in wanted]
    other = _of_row(vars(wanted)["name"], row) if isinstance(wanted, F) else wanted
    return _compared(value, lookup, other)


def _compared(value: Any, lookup: str, other: Any) -> bool | None:
    if value is None or _known(other) is None:
        return None
    if not lookup:
        return bool(value == other)
    # Which of two texts comes first depends on the database's own order.
    if lookup in _ORDERS and isinstance(value, _ORDERED) and isinstance(other, _ORDERED):
        return _ORDERS[lookup](value, other)
    raise CannotTellError(lookup)


def _of_row(name: str, row: models.Model) -> Any:
    field = row._meta.get_field(name)
    return _known(getattr(row, getattr(field, "attname", name)))


def _known(value: Any) -> Any:
    """Return ``value`` when it is one, and not something that the database will work out."""
    if hasattr(value, "resolve_expression"):
        raise CannotTellError(value)
    return value
