"""Bring a file of organisations in: receive it, read it, and then all of it or none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from samskap.actors import rules
from samskap.actors.intake import Terms, planned, write
from samskap.actors.models import ColumnMapping, ImportRow, ImportRun, ImportState, RowOutcome
from samskap.kernel.copying import copy_in
from samskap.kernel.kept_files import keep_with_rows
from samskap.trust import audit
from samskap.trust.models import Person, User, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from samskap.actors.incoming import IncomingFile
    from samskap.actors.intake import Planned
    from samskap.evidence.models import Source
    from samskap.kernel.tables import RefusedFileError
    from samskap.trust.doers import Doer

READING_TASK = "samskap.jobs.read_import"
APPLYING_TASK = "samskap.jobs.apply_import"


class ImportNotReadyError(Exception):
    """The import is not at the step that this would be the next of; the argument is its state."""


@transaction.atomic
def receive_import(
    *,
    content: bytes,
    file_name: str,
    source: Source,
    by: Doer,
    at: datetime,
    file_on: date | None = None,
    visibility: Visibility = Visibility.SECRETARIAT,
    admits_lookalikes: bool = False,
    mapping: Mapping[str, str] | None = None,
    is_demo: bool = False,
    is_read_now: bool = False,
) -> ImportRun:
    """Take a file in. A job reads it, unless ``is_read_now``: then the caller does, and keeps it.

    ``mapping`` is our field to the file's column, where it is known. ``is_demo``: this is a
    demonstration, and everything in the file counts as invented.
    """
    rules.require(rules.may_keep_actors, by)
    run = ImportRun(
        file_name=file_name[:200],
        file_sha256=hashlib.sha256(content).hexdigest(),
        source=source,
        mapping=dict(mapping or {}),
        file_on=file_on or timezone.localdate(at),
        visibility=visibility,
        admits_lookalikes=admits_lookalikes,
        is_demo=is_demo,
        uploaded_at=at,
        uploaded_by=Person.objects.filter(user=by).first() if isinstance(by, User) else None,
    )
    if not is_read_now:
        keep_with_rows(run.file, run.file_name, content)
    run.save()
    audit.record("import.received", about=run, by=by, at=at, changes=_said_of(run))
    if not is_read_now:
        _ask_a_job(READING_TASK, run)
    return run


@transaction.atomic
def change_import(
    *,
    run: ImportRun,
    mapping: Mapping[str, str],
    admits_lookalikes: bool,
    visibility: Visibility,
    by: Doer,
    at: datetime,
) -> ImportRun:
    """Let a file that has been read be read again under other columns or terms.

    Raises ``ImportNotReadyError`` when it is brought in, or about to be.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.READ, ImportState.REFUSED)
    run.mapping, run.admits_lookalikes = dict(mapping), admits_lookalikes
    run.visibility, run.state = visibility, ImportState.WAITING
    run.save(update_fields=["mapping", "admits_lookalikes", "visibility", "state"])
    audit.record("import.changed", about=run, by=by, at=at, changes=_said_of(run))
    _ask_a_job(READING_TASK, run)
    return run


@transaction.atomic
def read_import(*, run: ImportRun, file: IncomingFile, by: Doer, at: datetime) -> ImportRun:
    """Write down what each row of ``file`` would lead to. No actor is touched.

    Raises ``RefusedFileError`` when the file turns out unreadable on the way, and
    ``ImportNotReadyError`` when it has been read already.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.WAITING)
    plans = planned(file.rows, terms=_terms(run, file, at))
    run.state = ImportState.READ
    _keep_file_facts(run, file)
    _keep_rows(run, plans)
    run.save()
    audit.record("import.read", about=run, by=by, at=at, changes={"counts": [None, run.counts]})
    return run


@transaction.atomic
def refuse_import(
    *,
    run: ImportRun,
    refused: RefusedFileError,
    by: Doer,
    at: datetime,
    headers: Iterable[str] = (),
) -> ImportRun:
    """Write down that a file could not be read, what it is and what its owner can do.

    ``headers`` are its columns when it is only a column that is missing.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.WAITING)
    run.state, run.headers = ImportState.REFUSED, list(headers)
    run.notes = [refused.sentence.kept(), refused.remedy.kept()]
    run.rows.all().delete()
    run.counts = {}
    run.save()
    audit.record("import.refused", about=run, by=by, at=at)
    return run


@transaction.atomic
def ask_for_import(*, run: ImportRun, by: Doer, at: datetime) -> ImportRun:
    """Let a job bring in what has been read; the job acts for whoever asks now.

    Raises ``ImportNotReadyError`` when it has not been read, or somebody has asked already.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.READ)
    if run.asked_for_at is not None:
        raise ImportNotReadyError(run.state)
    run.asked_for_at = at
    run.save(update_fields=["asked_for_at"])
    audit.record("import.asked-for", about=run, by=by, at=at)
    _ask_a_job(APPLYING_TASK, run, user=by.pk if isinstance(by, User) else None)
    return run


@transaction.atomic
def give_up_import(*, run: ImportRun, by: Doer, at: datetime) -> ImportRun:
    """Let a file that could not be brought in be asked for again, changed or put away.

    Raises ``ImportNotReadyError`` when it is brought in, or nobody has asked for it.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.READ)
    if run.asked_for_at is None:
        raise ImportNotReadyError(run.state)
    run.asked_for_at = None
    run.save(update_fields=["asked_for_at"])
    audit.record("import.given-up", about=run, by=by, at=at)
    return run


@transaction.atomic
def apply_import(*, run: ImportRun, file: IncomingFile, by: Doer, at: datetime) -> ImportRun:
    """Bring in everything in ``file`` that can be, and write down what became of each row.

    It may have been read before or not. What is known may have changed since, so every row is held
    up to it again.
    All is done or nothing. Raises as ``read_import`` does.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.WAITING, ImportState.READ)
    terms = _terms(run, file, at)
    plans = planned(file.rows, terms=terms)
    write(plans, terms=terms, run=run, by=by, at=at)
    run.state, run.applied_at = ImportState.APPLIED, at
    _keep_file_facts(run, file)
    _keep_rows(run, plans)
    _remember(run, at)
    _let_go_of_file(run)
    run.save()
    audit.record(
        "import.applied",
        about=run,
        by=by,
        at=at,
        changes={**_said_of(run), "counts": [None, run.counts]},
    )
    return run


@transaction.atomic
def cancel_import(*, run: ImportRun, by: Doer, at: datetime) -> ImportRun:
    """Put a file away that is not to be brought in; the file and what stood in it go.

    Raises ``ImportNotReadyError`` when it is brought in, or about to be.
    """
    rules.require(rules.may_keep_actors, by)
    run = _locked(run, ImportState.WAITING, ImportState.READ, ImportState.REFUSED)
    if run.asked_for_at is not None:
        raise ImportNotReadyError(run.state)
    run.state = ImportState.CANCELLED
    run.rows.all().delete()
    _let_go_of_file(run)
    run.save()
    audit.record("import.cancelled", about=run, by=by, at=at)
    return run


def _locked(run: ImportRun, *states: ImportState) -> ImportRun:
    """Return the import as it is now, for this transaction alone, if it is in one of ``states``."""
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("source")
    found = locked.get(pk=run.pk)
    if found.state not in states:
        raise ImportNotReadyError(found.state)
    return found


def _terms(run: ImportRun, file: IncomingFile, at: datetime) -> Terms:
    today = timezone.localdate(at)
    return Terms(
        source=run.source,
        is_register=file.is_register,
        today=today,
        file_on=run.file_on or today,
        visibility=run.visibility,
        is_demo=run.is_demo,
        admits_lookalikes=run.admits_lookalikes,
    )


def _keep_file_facts(run: ImportRun, file: IncomingFile) -> None:
    run.format, run.headers = file.format, list(file.headers)
    run.mapping, run.notes = dict(file.mapping), [note.kept() for note in file.notes]


def _keep_rows(run: ImportRun, plans: list[Planned]) -> None:
    run.counts = {str(each): 0 for each in RowOutcome}
    for plan in plans:
        run.counts[str(plan.outcome)] += 1
    run.rows.all().delete()
    copy_in(_row(run, plan) for plan in plans)


def _row(run: ImportRun, plan: Planned) -> ImportRow:
    return ImportRow(
        run=run,
        line=plan.row.line,
        values=dict(plan.row.original),
        outcome=plan.outcome,
        reasons=[reason.kept() for reason in plan.reasons],
        lookalikes=[str(each.key) for each in plan.lookalikes],
        changes={"changed": plan.changes, "suggested": plan.suggested},
        actor=plan.actor if plan.actor is not None and plan.actor.pk else None,
    )


def _remember(run: ImportRun, at: datetime) -> None:
    """Keep which column meant what, for the next file from this source."""
    if run.mapping:
        ColumnMapping.objects.update_or_create(
            source=run.source, defaults={"mapping": run.mapping, "remembered_at": at}
        )


def _let_go_of_file(run: ImportRun) -> None:
    if run.file:
        storage, name = run.file.storage, run.file.name
        transaction.on_commit(lambda: storage.delete(name or ""))
        run.file = ""


def _said_of(run: ImportRun) -> dict[str, list[object]]:
    return {
        "file_name": [None, run.file_name],
        "file_sha256": [None, run.file_sha256],
        "source": [None, run.source.key],
        "mapping": [None, run.mapping],
    }


def _ask_a_job(task: str, run: ImportRun, **more: int | None) -> None:
    key: UUID = run.key
    jobs.configure_task(task, queue="imports").defer(key=str(key), **more)
