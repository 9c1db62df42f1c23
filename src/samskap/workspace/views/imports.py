"""Files of organisations: sent in, looked through, and brought in."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samskap.actors.actions.importing import (
    ImportNotReadyError,
    ask_for_import,
    cancel_import,
    change_import,
    receive_import,
)
from samskap.actors.models import ImportRun, ImportState, RowOutcome
from samskap.actors.queries import actors_seen_by
from samskap.actors.queries.imports import imports_seen_by
from samskap.connectors.actor_imports import source_of
from samskap.evidence.queries import sources_seen_by
from samskap.kernel.exporting import as_csv
from samskap.kernel.files.giving import as_download
from samskap.kernel.files.names import clean_name
from samskap.kernel.remark import Remark
from samskap.trust.models import Role, Visibility
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import drawn, editing
from samskap.workspace.forms.imports import TermsForm, UploadForm
from samskap.workspace.words import field_in_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from samskap.actors.models import ImportRow
    from samskap.workspace.desk import Desk
    from samskap.workspace.editing import Editing

PAGE_SIZE: Final = 30


@at_the_desk(Role.SECRETARIAT)
def imports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take a file in; below, those that have been."""
    form = UploadForm(typed(request), request.FILES or None, reader=desk.reader)
    if request.method == "POST" and form.is_valid():
        return redirect("workspace:import", _received(form, desk).key)
    page = Paginator(imports_seen_by(desk.reader), PAGE_SIZE).get_page(request.GET.get("page"))
    status = status_of(request, form)
    return render(
        request, "workspace/imports/list.html", context(desk, form=form, page=page), status=status
    )


@require_GET
@at_the_desk(Role.SECRETARIAT)
def one(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Show what a file would lead to, or has led to."""
    run = _one(desk, key)
    return _page(request, desk, run, drawn(TermsForm(run=run)))


@require_POST
@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def change(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Read the file again, under other columns or terms."""
    run = _one(desk, key)
    changed = editing(request, desk, run, lambda data: TermsForm(data, run=run))
    if not changed.may_be_kept:
        return _page(request, desk, run, changed)
    form = changed.form
    try:
        change_import(
            run=run,
            mapping=form.mapping(),
            admits_lookalikes=form.cleaned_data["admits_lookalikes"],
            visibility=Visibility(form.cleaned_data["visibility"]),
            by=desk.user,
            at=desk.now,
        )
    except ImportNotReadyError:
        messages.info(request, _("Somebody was before you. This is how it stands now."))
    return redirect("workspace:import", run.key)


@require_POST
@at_the_desk(Role.SECRETARIAT)
def apply(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Bring in what has been looked through."""
    run = _one(desk, key)
    try:
        ask_for_import(run=run, by=desk.user, at=desk.now)
    except ImportNotReadyError:
        messages.info(request, _("Somebody was before you. This is how it stands now."))
    return redirect("workspace:import", run.key)


@require_POST
@at_the_desk(Role.SECRETARIAT)
def cancel(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Put a file away."""
    run = _one(desk, key)
    try:
        cancel_import(run=run, by=desk.user, at=desk.now)
        messages.success(request, _("%(name)s is put away.") % {"name": run.file_name})
    except ImportNotReadyError:
        messages.info(request, _("Somebody was before you. This is how it stands now."))
    return redirect("workspace:imports")


@require_GET
@at_the_desk(Role.SECRETARIAT)
def rejected(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Give the rows that were left out, with why, to be corrected and sent again."""
    del request
    run = _one(desk, key)
    rows = run.rows.filter(outcome=RowOutcome.REJECTED)
    table = as_csv(
        [*run.headers, _("Line in the file"), _("Why it was rejected")],
        (
            [*(row.values.get(name, "") for name in run.headers), row.line, _reasons_of(row)]
            for row in rows.iterator()
        ),
    )
    stem = PurePath(clean_name(run.file_name, kind="csv", otherwise="import")).stem
    return as_download(table, name=f"{stem}-rejected.csv", kind="text/csv; charset=utf-8")


@transaction.atomic
def _received(form: UploadForm, desk: Desk) -> ImportRun:
    said = form.cleaned_data
    content, name = said["file"].read(), said["file"].name or ""
    day = said["file_on"] or desk.today
    source = sources_seen_by(desk.reader).filter(key=said["source"]).first() or source_of(
        content, file_name=name, file_on=day, by=desk.user, at=desk.now
    )
    return receive_import(
        content=content,
        file_name=name,
        source=source,
        file_on=day,
        # Whoever tries a demonstration invents, whatever they send.
        is_demo=settings.DEMO,
        by=desk.user,
        at=desk.now,
    )


def _one(desk: Desk, key: UUID) -> ImportRun:
    found = imports_seen_by(desk.reader).filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def _page(
    request: HttpRequest, desk: Desk, run: ImportRun, changed: Editing[TermsForm]
) -> HttpResponse:
    outcome = request.GET.get("outcome", "")
    rows = run.rows.select_related("actor")
    if outcome in RowOutcome.values:
        rows = rows.filter(outcome=outcome)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    waits = run.state == ImportState.WAITING or (
        run.state == ImportState.READ and run.asked_for_at is not None
    )
    return render(
        request,
        "workspace/imports/one.html",
        context(
            desk,
            run=run,
            waits=waits,
            counts=[(each, run.counts.get(each.value, 0)) for each in RowOutcome],
            created=run.counts.get("created", 0),
            updated=run.counts.get("updated", 0),
            rejected=run.counts.get("rejected", 0),
            outcome=outcome,
            notes=[str(Remark.of(note)) for note in run.notes],
            page=page,
            lines=_lines(list(page), desk),
            form=changed.form,
            editing=changed,
            may_change=not waits and run.state in {ImportState.READ, ImportState.REFUSED},
        ),
        status=changed.status,
    )


def _lines(rows: list[ImportRow], desk: Desk) -> list[dict[str, Any]]:
    keys = {key for row in rows for key in row.lookalikes}
    twins = {str(each.key): each for each in actors_seen_by(desk.reader).filter(key__in=keys)}
    return [
        {
            "row": row,
            "title": _title(row),
            "outcome": RowOutcome(row.outcome).label,
            "reasons": [str(Remark.of(kept)) for kept in row.reasons],
            "changed": _in_words(row, "changed") if row.outcome == RowOutcome.UPDATED else [],
            "suggested": _in_words(row, "suggested"),
            "twins": [twins[key] for key in row.lookalikes if key in twins],
        }
        for row in rows
    ]


def _in_words(row: ImportRow, what: str) -> list[str]:
    return [field_in_words("actors.actor", name) for name in row.changes.get(what, ())]


def _title(row: ImportRow) -> str:
    """Return what a row is called: the actor's name, else the words that stood in it."""
    if row.actor is not None:
        return str(row.actor.name)
    return ", ".join(list(row.values.values())[:2]) or _("A row that is not kept")


def _reasons_of(row: ImportRow) -> str:
    return " ".join(str(Remark.of(kept)) for kept in row.reasons)
