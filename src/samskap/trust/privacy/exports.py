"""Everything that is held about somebody, to read and as data (GDPR articles 15 and 20).

Others who stand in the same text are struck out of it (article 15, paragraph 4), and of a talk or a
suggestion that somebody only dealt with at work they get that they did, not what it says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.kernel.naming import texts_in
from samskap.kernel.personal import Erased
from samskap.trust.privacy import discretion, registry, striking
from samskap.trust.privacy.words import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samskap.kernel.personal import Subject, Table

_AROUND: Final = 80  # letters on each side of a name that stands in a text
_AT_MOST: Final = 50  # rows of a table that are read on a page


@dataclass(frozen=True, slots=True)
class Said:
    """One field of one row: what it is called, its value in the reader's words, and its name."""

    label: str
    value: str
    field: str


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table that are about somebody; ``left_out`` are only in the file."""

    title: str
    model: str
    rows: tuple[tuple[Said, ...], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Naming:
    """A text in which somebody is named, and what stands around the name."""

    where: str
    model: str
    field: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held about somebody, on a page."""

    sections: tuple[Section, ...]
    namings: tuple[Naming, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held at all."""
        return not self.sections and not self.namings


def held_about(subject: Subject) -> Holding:
    """Return everything that is held about ``subject``, in the language that is active."""
    return Holding(tuple(_sections(subject)), tuple(namings(subject)))


def data_about(subject: Subject, *, at: dt.datetime) -> dict[str, Any]:
    """Return the same as JSON can carry it: fields by their names in the tables, values as kept."""
    return {
        "made_at": at.isoformat(),
        "tables": [
            {
                "table": table.model,
                "about": str(table.title),
                "rows": [
                    {name: _plain(value) for name, value in held.items()} for _row, held in rows
                ],
            }
            for table, rows in _values(subject)
        ],
        "named_in": [
            {"table": each.model, "field": each.field, "text": each.excerpt}
            for each in namings(subject)
        ],
    }


def namings(subject: Subject) -> Iterator[Naming]:
    """Return the texts that name ``subject`` and are not among their own rows."""
    own = {(table.model, row.pk) for table, rows in _found(subject) for row in rows}
    seen: set[tuple[str, Any, str]] = set()
    found: list[tuple[striking.Mention, str]] = []
    for mention in striking.mentions(subject):
        where = (mention.table.model, mention.row.pk, mention.field)
        if (
            where in seen
            or where[:2] in own
            or not mention.table.personal[mention.field].is_exported
        ):
            continue
        seen.add(where)
        found += [(mention, text) for text in striking.texts_naming(mention)]
    alone = discretion.without_others((text for _, text in found), subject)
    for mention, text in found:
        yield Naming(
            where=str(mention.table.title or mention.row._meta.verbose_name),
            model=mention.table.model,
            field=mention.field,
            excerpt=_around(alone(text), mention),
        )


def _found(subject: Subject) -> Iterator[tuple[Table, list[Any]]]:
    for room in reversed(registry.rooms()):
        for table in room.tables:
            if table.exported and table.rows is not None:
                rows = list(table.rows(subject))
                if rows:
                    yield table, rows


def _values(subject: Subject) -> Iterator[tuple[Table, list[tuple[Any, dict[str, Any]]]]]:
    """Return each row and what is told of it, by field: texts only where they are the subject's."""
    found = [
        (table, [(row, _held(row, table, may_read)) for row in rows])
        for table, rows in _found(subject)
        for may_read in [_readable(table, subject)]
    ]
    texts = [
        text
        for table, rows in found
        for _row, held in rows
        for name in table.erased_by(Erased.STRUCK)
        for text in texts_in(held.get(name))
    ]
    alone = discretion.without_others(texts, subject)
    for table, rows in found:
        for _row, held in rows:
            for name in held.keys() & set(table.erased_by(Erased.STRUCK)):
                held[name] = alone(held[name])
        yield table, rows


def _readable(table: Table, subject: Subject) -> set[Any] | None:
    """Return the keys of the rows whose texts may be read; none when all of them may."""
    return None if table.told is None else set(table.told(subject).values_list("pk", flat=True))


def _held(row: Model, table: Table, may_read: set[Any] | None) -> dict[str, Any]:
    is_theirs = may_read is None or row.pk in may_read
    kept_back = set() if is_theirs else set(table.erased_by(Erased.STRUCK))
    return {name: getattr(row, name) for name in table.exported if name not in kept_back}


def _sections(subject: Subject) -> Iterator[Section]:
    for table, rows in _values(subject):
        told = [
            tuple(_line(row, name, value) for name, value in held.items())
            for row, held in rows[:_AT_MOST]
        ]
        yield Section(
            title=str(table.title),
            model=table.model,
            rows=tuple(tuple(said for said in line if said.value) for line in told),
            left_out=max(0, len(rows) - _AT_MOST),
        )


def _line(row: Model, name: str, value: Any) -> Said:
    shown = getattr(row, f"get_{name}_display", None)
    said = _told(shown() if callable(shown) else value)
    return Said(name_of(row._meta.get_field(name)), said, name)


def _told(value: Any) -> str:
    """Write a value as people read it: an empty one as nothing."""
    words: dict[type, Callable[[Any], str]] = {
        bool: lambda known: _("Yes") if known else _("No"),
        dt.datetime: lambda at: date_format(timezone.localtime(at), "DATETIME_FORMAT"),
        dt.date: lambda day: date_format(day, "DATE_FORMAT"),
        Model: _name_of,
        dict: lambda held: ", ".join(f"{name}: {_told(each)}" for name, each in held.items()),
        list: lambda held: ", ".join(map(_told, held)),
        type(None): lambda _nothing: "",
    }
    write = next((words[kind] for kind in words if isinstance(value, kind)), str)
    return write(value)


def _name_of(row: Model) -> str:
    """Name another row: a party by the actor it is."""
    named = getattr(row, "actor", None) if row._meta.label == "trust.Party" else row
    if named is None:
        return _("The partnership")
    return str(getattr(named, "name", None) or getattr(named, "key", named))


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return {"key": str(getattr(value, "key", value.pk)), "name": _name_of(value)}
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _around(text: str, mention: striking.Mention) -> str:
    place = mention.finding.search(text)
    if place is None or len(text) <= 2 * _AROUND:
        return text
    begin, end = max(0, place.start() - _AROUND), place.end() + _AROUND
    return f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"
