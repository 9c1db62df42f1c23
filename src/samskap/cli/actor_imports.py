"""What ``samskap actors import`` does with one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from samskap.actors.actions.importing import receive_import
from samskap.actors.incoming import COLUMNS
from samskap.actors.models import ImportRow, RowOutcome
from samskap.cli.actors import count
from samskap.connectors.actor_imports import apply_read, source_of
from samskap.evidence.queries import sources_seen_by
from samskap.kernel.remark import Remark
from samskap.kernel.tables import RefusedFileError
from samskap.runtime.problem import ProblemError
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from samskap.actors.models import ImportRun
    from samskap.evidence.models import Source


def mapping_from(pairs: Sequence[str]) -> dict[str, str]:
    """Return our fields to a file's columns from ``FIELD=COLUMN``; misuse is told as such."""
    found = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or field not in COLUMNS:
            raise click.BadParameter(
                f"“{pair}” is not FIELD=COLUMN, where FIELD is one of {', '.join(COLUMNS)}.",
                param_hint="--mapping",
            )
        found[field] = column
    return found


@transaction.atomic
def imported(
    file: Path,
    *,
    mapping: Mapping[str, str],
    source: str,
    file_on: date | None,
    visible_to: str,
    with_lookalikes: bool,
    dry_run: bool,
) -> tuple[ImportRun, list[dict[str, Any]]]:
    """Bring the organisations of a file in, all that can be; with ``dry_run`` take it back again.

    Returns what came of it, and the rows that were left out: line, reasons, what stood there.

    Raises
    ------
    ProblemError
        The file cannot be read, or there is no such source.
    """
    content, now = file.read_bytes(), timezone.now()
    day = file_on or timezone.localdate(now)
    run = receive_import(
        content=content,
        file_name=file.name,
        source=_source(source)
        or source_of(content, file_name=file.name, file_on=day, by=OPERATOR, at=now),
        mapping=mapping,
        file_on=day,
        visibility=Visibility(visible_to),
        admits_lookalikes=with_lookalikes,
        is_demo=settings.DEMO,
        is_read_now=True,
        by=OPERATOR,
        at=now,
    )
    run = _applied(run, file, content, now)
    rejected = list(_rejected(run))
    transaction.set_rollback(dry_run)
    return run, rejected


def lines_about(
    run: ImportRun, rejected: Sequence[dict[str, Any]], *, wants_json: bool, dry_run: bool
) -> Iterator[str]:
    """Yield what is told of an import; for a program the last line counts, as JSON."""
    if wants_json:
        yield from (json.dumps(row, ensure_ascii=False) for row in rejected)
        yield json.dumps(run.counts)
        return
    yield from (str(Remark.of(note)) for note in run.notes)
    yield from (f"line {row['line']}: {' '.join(row['reasons'])}" for row in rejected)
    counts = run.counts
    yield (
        f"{'Would be: ' if dry_run else ''}{count(counts['created'], 'actor')} created, "
        f"{counts['updated']} updated, {counts['unchanged']} unchanged, "
        f"{counts['rejected']} rejected."
    )


def _applied(run: ImportRun, file: Path, content: bytes, now: datetime) -> ImportRun:
    try:
        return apply_read(run=run, content=content, by=OPERATOR, at=now)
    except RefusedFileError as refused:
        raise ProblemError(
            f"{file}: {refused.sentence}", f"Nothing was brought in. {refused.remedy}"
        ) from refused


def _rejected(run: ImportRun) -> Iterator[dict[str, Any]]:
    rows: Iterator[ImportRow] = run.rows.filter(outcome=RowOutcome.REJECTED).iterator()
    for row in rows:
        reasons = [str(Remark.of(kept)) for kept in row.reasons]
        yield {"line": row.line, "reasons": reasons, "values": row.values}


def _source(key: str) -> Source | None:
    if not key:
        return None
    reader = reader_for(OPERATOR, on=timezone.localdate())
    found = sources_seen_by(reader).filter(key=key).first()
    if found is None:
        raise ProblemError(
            f"There is no source “{key}”.",
            "Leave --source out, and the file becomes a source of its own.",
        )
    return found
