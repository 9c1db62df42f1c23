"""The record of processing (GDPR article 30), made from what the rooms declare and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.runtime.backups.shelf import Habit
from samskap.trust.privacy import registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samskap.kernel.personal import Activity


@dataclass(frozen=True, slots=True)
class Controller:
    """Who decides why and how; both empty where a record is of the product and not of a house."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class RecordedField:
    """One field that is about people: where it stands, and what becomes of it."""

    table: str
    name: str
    erased: str
    because: str
    is_exported: bool


@dataclass(frozen=True, slots=True)
class RecordedActivity:
    """One activity in the reader's language, with every field it uses."""

    key: str
    title: str
    purpose: str
    basis: str
    why: str
    whose: tuple[str, ...]
    seen_by: str
    kept_for: str
    rules: tuple[str, ...]
    fields: tuple[RecordedField, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record, in the language that is active."""

    controller: Controller
    activities: tuple[RecordedActivity, ...]
    safety: tuple[str, ...]
    number_of_fields: int
    number_personal: int

    @property
    def transfers(self) -> str:
        """Whether anything leaves the EEA."""
        return _("None. Everything is kept on the machine the partnership runs this on.")


def record_of_processing(
    controller: Controller | None = None, *, backup_days: int | None = None
) -> Record:
    """Return the record as it is today, in the language that is active.

    ``backup_days`` is how long backups are kept; if not given, as this installation does.
    """
    days = backup_days or Habit.of(Path(settings.DATA), os.environ).days
    lines = list(registry.lines())
    by_activity: dict[str, list[RecordedField]] = {key: [] for key in registry.activities()}
    for line in lines:
        if line.personal is not None:
            by_activity[line.personal.activity].append(
                RecordedField(
                    table=line.model,
                    name=line.field,
                    erased=str(line.personal.erased.label),
                    because=str(line.personal.because),
                    is_exported=line.personal.is_exported,
                )
            )
    told = [
        _told(activity, tuple(by_activity[key])) for key, activity in registry.activities().items()
    ]
    return Record(
        controller=controller or Controller(),
        activities=tuple(told),
        safety=tuple(_safety(days)),
        number_of_fields=len(lines),
        number_personal=sum(line.personal is not None for line in lines),
    )


def as_data(record: Record) -> dict[str, Any]:
    """Return the record as JSON can carry it."""
    return {
        "controller": {"name": record.controller.name, "contact": record.controller.contact},
        "transfers": record.transfers,
        "safety": list(record.safety),
        "activities": [
            {
                "key": each.key,
                "title": each.title,
                "purpose": each.purpose,
                "basis": each.basis,
                "why": each.why,
                "about": list(each.whose),
                "seen_by": each.seen_by,
                "kept_for": each.kept_for,
                "retention": list(each.rules),
                "fields": [
                    {
                        "table": line.table,
                        "field": line.name,
                        "when_erased": line.erased,
                        "because": line.because,
                        "exported": line.is_exported,
                    }
                    for line in each.fields
                ],
            }
            for each in record.activities
        ],
    }


def as_markdown(record: Record) -> str:
    """Return the record as a page of Markdown that ends in a line break."""
    return "\n".join(_page(record)).rstrip() + "\n"


def _page(record: Record) -> Iterator[str]:
    yield f"# {_('Record of processing')}"
    yield ""
    counted = {"personal": record.number_personal, "all": record.number_of_fields}
    yield _("%(personal)d of %(all)d fields are about people. This page is made from them.") % (
        counted
    )
    yield ""
    if record.controller.name:
        yield f"- **{_('Controller')}:** {record.controller.name}"
        yield f"- **{_('Contact')}:** {record.controller.contact or _('not said')}"
    yield f"- **{_('Transfers out of the EEA')}:** {record.transfers}"
    yield ""
    yield f"## {_('How it is kept safe')}"
    yield ""
    yield from (f"- {sentence}" for sentence in record.safety)
    for activity in record.activities:
        yield from _chapter(activity)


def _chapter(activity: RecordedActivity) -> Iterator[str]:
    yield ""
    yield f"## {activity.title}"
    yield ""
    yield f"- **{_('Purpose')}:** {activity.purpose}"
    yield f"- **{_('About whom')}:** {', '.join(activity.whose)}"
    yield f"- **{_('Basis')}:** {activity.basis}. {activity.why}"
    yield f"- **{_('Who can see it')}:** {activity.seen_by}"
    yield f"- **{_('How long')}:** {activity.kept_for}"
    yield from (f"- **{_('By itself, every night')}:** {rule}" for rule in activity.rules)
    yield ""
    yield from _table(
        (_("Table"), _("Field"), _("When somebody is erased"), _("In what one gets")),
        [
            (
                f"`{line.table}`",
                f"`{line.name}`",
                f"{line.erased}. {line.because}" if line.because else line.erased,
                _("yes") if line.is_exported else _("no"),
            )
            for line in activity.fields
        ],
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _told(activity: Activity, found: tuple[RecordedField, ...]) -> RecordedActivity:
    rules = registry.rules()
    return RecordedActivity(
        key=activity.key,
        title=str(activity.title),
        purpose=str(activity.purpose),
        basis=str(activity.basis.label),
        why=str(activity.why),
        whose=tuple(str(each.label) for each in activity.whose),
        seen_by=str(activity.seen_by),
        kept_for=str(activity.kept_for),
        rules=tuple(str(rules[key].says) for key in activity.rules),
        fields=found,
    )


def _safety(backup_days: int) -> Iterator[str]:
    yield _("Everything is asked for through one function for each room, which knows the reader.")
    yield _(
        "The application’s own role in the database can add to the log and change nothing there."
    )
    yield _("Passwords are kept scrambled; the secret of a link is kept by its digest alone.")
    yield _("Pages fetch nothing from other companies, and keep no statistics of visitors.")
    yield ngettext(
        "Backups are deleted after %(days)d day. Until then they hold what was erased since; a"
        " restore erases it again before anyone can sign in.",
        "Backups are deleted after %(days)d days. Until then they hold what was erased since; a"
        " restore erases it again before anyone can sign in.",
        backup_days,
    ) % {"days": backup_days}
