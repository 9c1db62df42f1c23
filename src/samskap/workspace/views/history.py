"""What was done to one thing: who changed what, when and why; and a change undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.actors import queries
from samskap.actors.actions.undoing import undo_edit
from samskap.actors.undoable import (
    ChangedSinceError,
    NotUndoableError,
    changed_since,
    thing_of,
)
from samskap.trust import queries as trust
from samskap.trust.models import AuditEntry, Role
from samskap.ui.unsent import status_of, typed
from samskap.workspace import trail
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.forms.why import WhyForm
from samskap.workspace.views.actors import READS_ACTORS

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from samskap.trust.access import Reader
    from samskap.workspace.desk import Desk

PAGE_SIZE: Final = 50


class _Kind(NamedTuple):
    """How a sort of thing is looked up, and the page it has."""

    label: str
    seen_by: Callable[[Reader], QuerySet[Any]]
    page: Callable[[Any], str]


def _page(name: str, *path: str) -> Callable[[Any], str]:
    def address(row: Any) -> str:
        for step in path:
            row = getattr(row, step)
        return reverse(f"workspace:{name}", args=[row])

    return address


KINDS: Final = {
    "actor": _Kind("actors.actor", queries.actors_seen_by, _page("actor", "slug")),
    "body": _Kind("actors.body", queries.bodies_seen_by, _page("body", "slug")),
    "membership": _Kind(
        "actors.membership", queries.memberships_seen_by, _page("membership", "actor", "slug")
    ),
    "tie": _Kind("actors.tie", queries.ties_seen_by, _page("actor", "from_actor", "slug")),
}


@at_the_desk(*READS_ACTORS)
def history(request: HttpRequest, desk: Desk, kind: str, key: UUID) -> HttpResponse:
    """Tell what was done to a thing that the reader may see.

    Who may not read the log learns what was done and when, and which fields; neither who nor why,
    nor what stood there.
    """
    known = KINDS.get(kind)
    row = known.seen_by(desk.reader).filter(key=key).first() if known else None
    if known is None or row is None:
        raise Http404(kind)
    entries = AuditEntry.objects.filter(about_kind=known.label, about_key=str(key))
    return _told(request, desk, entries.order_by("-id"), row=row, back=known.page(row))


@at_the_desk(Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR)
def person_history(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Tell what was done to a person, their account and their mandates."""
    person = trust.people_seen_by(desk.reader).filter(key=key).first()
    if person is None:
        raise Http404(key)
    mandates = [str(one) for one in person.mandates.values_list("key", flat=True)]
    about = Q(about_kind="trust.person", about_key=str(key))
    about |= Q(about_kind="trust.mandate", about_key__in=mandates)
    # A mandate that was taken back has no row; its entries name whose it was.
    about |= Q(about_kind="trust.mandate", changes__person__contains=[str(key)])
    entries = AuditEntry.objects.filter(about).order_by("-id")
    back = reverse("workspace:person", args=[key])
    may_open = desk.holds(Role.SECRETARIAT, Role.ADMINISTRATOR)
    return _told(request, desk, entries, row=person, back=back if may_open else "")


def _told(
    request: HttpRequest, desk: Desk, entries: QuerySet[AuditEntry], *, row: Model, back: str
) -> HttpResponse:
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    is_whole = desk.reader.sees_all
    told = trail.told(
        page.object_list,
        reader=desk.reader,
        is_whole=is_whole,
        may_undo=desk.holds(Role.SECRETARIAT),
    )
    facts = context(desk, row=row, back=back, page=page, entries=told, is_whole=is_whole)
    return render(request, "workspace/history.html", facts)


@at_the_desk(Role.SECRETARIAT)
def undo(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show what undoing a change would bring back, and do it; both versions, when it changed."""
    entry = trust.audit_entries_seen_by(desk.reader).filter(pk=number).first()
    if entry is None:
        raise Http404(number)
    try:
        row = thing_of(entry)
    except NotUndoableError as refused:
        raise Http404(number) from refused
    form = WhyForm(typed(request))
    page = partial(_undoing, request, desk, entry, row, form=form)
    if request.method != "POST" or not form.is_valid():
        return page(now=changed_since(entry, row), status=status_of(request, form))
    reason = form.cleaned_data["reason"]
    try:
        undo_edit(entry=entry, by=desk.user, at=desk.now, reason=reason)
    except ChangedSinceError as changed:
        return page(now=changed.now, status=409)
    except ValidationError as refused:
        return page(now={}, faults=refused.messages, status=422)
    messages.success(request, _("The change is undone, and the log tells of it."))
    return redirect(_page_of(entry, row))


def _page_of(entry: AuditEntry, row: Any) -> str:
    return next(kind.page(row) for kind in KINDS.values() if kind.label == entry.about_kind)


def _undoing(
    request: HttpRequest,
    desk: Desk,
    entry: AuditEntry,
    row: Any,
    *,
    form: WhyForm,
    now: dict[str, Any],
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    (told,) = trail.told([entry], reader=desk.reader)
    facts = context(
        desk,
        entry=told,
        form=form,
        now=trail.in_words(entry, now, reader=desk.reader),
        faults=faults or [],
        back=_page_of(entry, row),
    )
    return render(request, "workspace/undo.html", facts, status=status)
