"""Write many rows at once, the quickest way PostgreSQL knows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

from samskap.kernel.models import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

Row = TypeVar("Row", bound=models.Model)
KeptRow = TypeVar("KeptRow", bound=Kept)
_AT_A_TIME: Final = 5000


def copy_in(rows: Iterable[Row]) -> int:
    """Write new ``rows`` of one model with COPY, and return how many they were.

    As with ``bulk_create``, ``save`` is not called and no signal is sent; the rows do not learn
    their numbers. Constraints hold as ever.
    """
    waiting, number = iter(rows), 0
    while some := list(islice(waiting, _AT_A_TIME)):
        _copy(some)
        number += len(some)
    return number


def copy_in_kept(rows: Sequence[KeptRow]) -> None:
    """Write new ``rows`` of one model as ``copy_in`` does, and tell each its number."""
    copy_in(rows)
    for start in range(0, len(rows), _AT_A_TIME):
        some = {row.key: row for row in rows[start : start + _AT_A_TIME]}
        model = type(rows[start])
        for key, number in model._default_manager.filter(key__in=some).values_list("key", "pk"):
            some[key].pk = number
            some[key]._state.adding = False


def copy_values(
    model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[object]]
) -> None:
    """Write ``values``, each the plain values of the columns that ``names`` stand for."""
    columns = ", ".join(map(connection.ops.quote_name, names))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def _copy(rows: Sequence[models.Model]) -> None:
    meta = rows[0]._meta
    # What the first leaves to the database, all of them do.
    fields = [
        field
        for field in meta.local_concrete_fields
        if not field.primary_key
        and not isinstance(getattr(rows[0], field.attname, None), DatabaseDefault)
    ]
    copy_values(
        type(rows[0]),
        [field.column or "" for field in fields],
        ([_value(field, row, connection) for field in fields] for row in rows),
    )


def _value(field: models.Field[Any, Any], row: models.Model, database: BaseDatabaseWrapper) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), database)
