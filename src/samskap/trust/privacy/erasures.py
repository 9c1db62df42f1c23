"""Erase somebody everywhere, and again when a restore has brought them back.

``erase`` does it, in the transaction of an action. ``replay`` is what a restore calls before anyone
may sign in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import models, transaction

from samskap.kernel.personal import Erased, Subject
from samskap.trust.doers import OPERATOR
from samskap.trust.privacy import ledger, registry, striking
from samskap.trust.privacy.subjects import keys_of, people_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from samskap.kernel.personal import Table
    from samskap.trust.doers import Doer

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Erasing:
    """What came of erasing somebody: how many rows went and were changed, by the model's label."""

    deleted: Mapping[str, int] = field(default_factory=dict)
    blanked: Mapping[str, int] = field(default_factory=dict)
    struck: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Foresight:
    """What erasing somebody would do: how much goes by activity, and what stays and why."""

    goes: Mapping[str, int]
    stays: tuple[tuple[str, str], ...]


def erase(subject: Subject, *, by: Doer, at: datetime) -> Erasing:
    """Let everything go that says who ``subject`` is, as each field's declaration says.

    The rooms do first what no field says, from the top of the house down; then rows are deleted,
    fields emptied, and texts struck. Logs and files follow when the transaction holds. What is
    replaced is the action's to do (``actions.erase_person``). Both ledgers know the keys.
    """
    ledger.note(list(keys_of(subject)), at=at)
    for room in registry.rooms():
        if room.erase is not None:
            room.erase(subject, by, at)
    transaction.on_commit(lambda: striking.strike_from_logs(subject))
    struck = striking.strike(subject)
    deleted, blanked = {}, {}
    for room in registry.rooms():
        for table in room.tables:
            deleted[table.model] = _delete(table, subject)
            blanked[table.model] = _blank(table, subject)
    return Erasing(_counted(deleted), _counted(blanked), struck)


def foreseen(subject: Subject) -> dict[str, int]:
    """Count what erasing ``subject`` would touch: rows that go or are changed, and texts.

    By the model's label, in its order; nothing is touched. Empty when nothing is held.
    """
    rows = {label: found for label, found in _theirs(subject).items() if _goes(label)}
    for mention in striking.mentions(subject):
        rows.setdefault(mention.table.model, set()).add(mention.row.pk)
    return {label: len(found) for label, found in sorted(rows.items()) if found}


def foretold(subject: Subject) -> Foresight:
    """Say in the reader's language what would go, and what would stay and why."""
    goes: dict[str, int] = {}
    for label, count in foreseen(subject).items():
        title = _title(label)
        goes[title] = goes.get(title, 0) + count
    stays = {
        (str(registry.activities()[said.activity].title), str(said.because))
        for label, found in _theirs(subject).items()
        for said in registry.tables()[label].personal.values()
        if found and said.erased == Erased.KEPT
    }
    return Foresight(goes, tuple(sorted(stays)))


def _theirs(subject: Subject) -> dict[str, set[object]]:
    return {
        table.model: set(table.rows(subject).values_list("pk", flat=True))
        for table in registry.tables().values()
        if table.rows is not None
    }


def _goes(label: str) -> bool:
    """Tell whether anything of a table goes with somebody's own rows."""
    return any(
        said.erased not in {Erased.KEPT, Erased.STRUCK}
        for said in registry.tables()[label].personal.values()
    )


def _title(label: str) -> str:
    """Return the activity that most of a table's fields are for."""
    said = [each.activity for each in registry.tables()[label].personal.values()]
    return str(registry.activities()[max(said, key=said.count)].title)


def replay(
    *, at: datetime, since: datetime | None = None, path: Path | None = None, by: Doer = OPERATOR
) -> int:
    """Erase everybody again who is in a ledger and back here; return how many that were.

    Call it after a restore and before anyone can sign in, with Django set up and the database
    migrated. ``since`` is when the backup was made, and may be left out: those who are erased
    already are passed over, so that it may run any number of times. ``path`` names another ledger
    file than ``SAMSKAP_DATA/erasures.jsonl``: **never restore that file over a newer one**. Each
    erasing is one transaction and one entry in the log, as the first time.
    """
    again, lines = 0, ledger.erased(since=since, path=path)
    addresses = _addresses_here() if any(line.kind == ledger.ADDRESS for line in lines) else {}
    for line in lines:
        subject = addresses.get(line.key) or _back(line)
        if subject is not None:
            with transaction.atomic():
                _erase_again(subject, line.kind, by=by, at=at)
            again += 1
    return again


def _addresses_here() -> dict[UUID, Subject]:
    """Return every address that stands in a text, by the key a ledger has of it."""
    found = {
        address.lower() for text in striking.every_text() for address in _ADDRESS.findall(text)
    }
    return {
        ledger.key_of_address(address): Subject(addresses=frozenset({address})) for address in found
    }


def _back(line: ledger.Line) -> Subject | None:
    """Return who is back from the ledger; nobody, when the row is gone or says nobody."""
    table = next((each for each in people_tables() if each.model == line.kind), None)
    if table is None:
        return None
    row = registry.model_of(table).objects.filter(key=line.key).first()
    if row is None or getattr(row, "is_erased", False):
        return None
    return Subject(rows={line.kind: frozenset({row.pk})})


def _erase_again(subject: Subject, kind: str, *, by: Doer, at: datetime) -> None:
    from samskap.trust.actions.erasing import erase_person, erase_subject  # noqa: PLC0415 - it stands above
    from samskap.trust.models import Person  # noqa: PLC0415

    if kind == Person._meta.label:
        person = Person.objects.get(pk__in=subject.of(kind))
        erase_person(person=person, by=by, at=at, may_be_the_last=True)
        return
    erase_subject(subject=_as_its_room_knows(subject, kind), by=by, at=at)


def _as_its_room_knows(subject: Subject, kind: str) -> Subject:
    """Return a contact with what the contact's own room has of them, and not their account."""
    for room in registry.rooms():
        if room.identify is not None and kind in {table.model for table in room.tables}:
            return room.identify(subject)
    return subject


def _delete(table: Table, subject: Subject) -> int:
    """Delete the rows of a table that goes with somebody."""
    if not table.erased_by(Erased.DELETED) or table.rows is None:
        return 0
    rows = registry.model_of(table)._default_manager.filter(
        pk__in=list(table.rows(subject).values_list("pk", flat=True))
    )
    count = int(rows.count())
    rows.delete()
    return count


def _blank(table: Table, subject: Subject) -> int:
    """Empty the fields of a table that stays."""
    names = table.erased_by(Erased.BLANKED)
    if not names or table.rows is None:
        return 0
    model = registry.model_of(table)
    empty = {name: _nothing(model._meta.get_field(name)) for name in names}
    pks = list(table.rows(subject).values_list("pk", flat=True))
    return int(model._default_manager.filter(pk__in=pks).update(**empty))


def _nothing(kept: models.Field[object, object]) -> object:
    return None if kept.null else kept.get_default()


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {label: count for label, count in sorted(counts.items()) if count}
