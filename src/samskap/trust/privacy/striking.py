"""Find where a subject is named in any text of any table or log, and strike it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, models
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from psycopg import sql

from samskap.kernel.naming import needles, pattern, pattern_for_logs, struck, texts_in
from samskap.kernel.personal import Erased
from samskap.trust.privacy import registry
from samskap.trust.privacy.subjects import namesakes

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from samskap.kernel.personal import Subject, Table

_LOGS: Final = "logs"
_READ_ONLY: Final = "procrastinate."
_FILLER: Final = b"*"


class Mention(NamedTuple):
    """A field of a row in which the subject is named, and what finds them there."""

    table: Table
    row: Model
    field: str
    value: Any
    finding: re.Pattern[str]


def mentions(subject: Subject) -> Iterator[Mention]:
    """Return where the subject is named in texts: by address, telephone number or whole name.

    A name that somebody else here has too leads only to rows that are near the subject.
    """
    alone = replace(subject, names=subject.names - namesakes(subject))
    for table in registry.tables().values():
        names = table.erased_by(Erased.STRUCK)
        if not names:
            continue
        rows = registry.model_of(table)._default_manager.order_by("pk")
        yield from _named_in(table, rows, names, alone)
        if table.near is not None:
            near = rows.filter(pk__in=table.near(subject).values("pk"))
            yield from _named_in(table, near, names, subject, is_near=True)


def texts_naming(mention: Mention) -> Iterator[str]:
    """Return those texts of a mention's value that name the subject."""
    yield from (text for text in texts_in(mention.value) if mention.finding.search(text))


def every_text() -> Iterator[str]:
    """Return every text in which somebody may be named."""
    for table in registry.tables().values():
        names = table.erased_by(Erased.STRUCK)
        if names:
            for row in registry.model_of(table)._default_manager.only(*names).iterator():
                for name in names:
                    yield from texts_in(getattr(row, name))


def strike(subject: Subject) -> dict[str, int]:
    """Strike the subject out of every text; return how many rows were changed, by model."""
    changed: dict[str, set[Any]] = {}
    for mention in list(mentions(subject)):
        row = mention.row
        row.refresh_from_db(fields=[mention.field])
        before = getattr(row, mention.field)
        left = _fitting(row, mention.field, struck(before, mention.finding))
        _write(row, mention.field, left)
        changed.setdefault(mention.table.model, set()).add(row.pk)
    return {label: len(rows) for label, rows in sorted(changed.items())}


def strike_from_logs(subject: Subject) -> int:
    """Write over what names the subject in the logs of this installation; return how many places.

    Byte for byte, in place: whoever is adding to a log goes on where they were.
    """
    finding, count = pattern_for_logs(subject), 0
    for path in sorted((Path(settings.DATA) / _LOGS).glob("*")) if finding else ():
        if finding and path.is_file() and not path.is_symlink():
            count += _write_over(path, finding)
    return count


def _named_in(
    table: Table,
    rows: QuerySet[Any],
    names: list[str],
    subject: Subject,
    *,
    is_near: bool = False,
) -> Iterator[Mention]:
    finding = pattern(subject, is_near=is_near)
    if finding is None:
        return
    wanted, texts = Q(), {}
    for name in names:
        texts[f"{name}_text"] = Cast(name, TextField())
        for needle in needles(subject, is_near=is_near):
            wanted |= Q(**{f"{name}_text__iregex": needle})
    for row in rows.annotate(**texts).filter(wanted):
        for name in names:
            value = getattr(row, name)
            if any(finding.search(text) for text in texts_in(value)):
                yield Mention(table, row, name, value, finding)


def _fitting(row: Model, name: str, value: Any) -> Any:
    """Return the value as the field can hold it: half an address is none, a slug stays one."""
    field = row._meta.get_field(name)
    if isinstance(field, models.EmailField | models.URLField) and value != getattr(row, name):
        return ""
    return value


def _write(row: Model, name: str, value: Any) -> None:
    if row._meta.label.startswith(_READ_ONLY):
        _write_directly(row, name, value)
        return
    setattr(row, name, value)
    if type(row).save is models.Model.save:
        row.save(update_fields=[name])
    else:
        row.save()


def _write_directly(row: Model, name: str, value: Any) -> None:
    """Write past a model that only reads: the queue's own."""
    field: Any = row._meta.get_field(name)
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
        sql.Identifier(row._meta.db_table), sql.Identifier(field.column)
    )
    prepared = field.get_db_prep_save(value, connection)
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(None), [prepared, row.pk])


def _write_over(path: Path, finding: re.Pattern[str]) -> int:
    count = 0
    with path.open("r+b") as log:
        text = log.read().decode("utf-8", errors="surrogateescape")
        for place in finding.finditer(text):
            log.seek(len(_as_bytes(text[: place.start()])))
            log.write(_FILLER * len(_as_bytes(place.group())))
            count += 1
    return count


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")
