"""What actors, and files, say should be otherwise: accepted or declined by the secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.actors import actions, queries
from samskap.actors.models import SuggestionKind, SuggestionState
from samskap.actors.words import fact_name
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Role
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.suggestions import DeclineForm
from samskap.workspace.words import field_in_words, value_in_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from samskap.actors.models import Suggestion
    from samskap.workspace.desk import Desk

PAGE_SIZE = 30
_ACTOR = "actors.actor"


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A suggestion in words: what stands here now, and what is said instead."""

    row: Suggestion
    what: str
    now: str
    then: str
    from_whom: str

    @property
    def is_correction(self) -> bool:
        """Whether there is a before and an after."""
        return self.row.kind == SuggestionKind.CORRECT


@at_the_desk(Role.SECRETARIAT, Role.AUDITOR)
def suggestions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what waits for an answer, the oldest first; with ``?state=answered``, what has one."""
    seen = queries.suggestions_seen_by(desk.reader).select_related(
        "actor", "letter", "import_run", "decided_by"
    )
    answered = request.GET.get("state") == "answered"
    rows = (
        seen.exclude(state=SuggestionState.WAITING).order_by("-decided_at", "-id")
        if answered
        else queries.waiting(seen)
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "workspace/suggestions/list.html",
        context(
            desk,
            page=page,
            lines=[_line(row) for row in page],
            answered=answered,
            may_keep=desk.holds(Role.SECRETARIAT),
        ),
    )


@require_POST
@at_the_desk(Role.SECRETARIAT)
def accept(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Let it be so."""
    row = _one(desk, key)
    try:
        actions.accept_suggestion(suggestion=row, by=desk.user, at=desk.now)
    except actions.SuggestionAnsweredError:
        messages.warning(request, _("Somebody has answered this already."))
    except ValidationError as refused:
        messages.error(
            request,
            _("This cannot be kept as it is written: %(why)s Change it on the actor’s page.")
            % {"why": " ".join(refused.messages)},
        )
    else:
        messages.success(request, _done(row))
    return redirect("workspace:suggestions")


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def decline(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Ask why not, and leave the actor as it is."""
    row = _one(desk, key)
    changed = editing(
        request, desk, row, DeclineForm, told=lambda: standing_of(row, "state", "reason")
    )
    form = changed.form
    if changed.may_be_kept:
        try:
            actions.decline_suggestion(
                suggestion=row, reason=form.cleaned_data["reason"], by=desk.user, at=desk.now
            )
        except actions.SuggestionAnsweredError:
            form.add_error(None, _("Somebody has answered this already."))
        else:
            messages.success(request, _("Declined. The actor stays as it is."))
            return redirect("workspace:suggestions")
    page = context(
        desk,
        form=form,
        editing=changed,
        line=_line(row),
        back=reverse("workspace:suggestions"),
        actor=row.actor,
    )
    return render(request, "workspace/suggestions/decline.html", page, status=changed.status)


def _one(desk: Desk, key: UUID) -> Suggestion:
    found = (
        queries.suggestions_seen_by(desk.reader)
        .filter(key=key)
        .select_related("actor", "letter", "import_run")
        .first()
    )
    if found is None:
        raise Http404(key)
    return found


def _line(row: Suggestion) -> SuggestionLine:
    return SuggestionLine(
        row=row,
        what=_what(row),
        now=_value(row.field, row.before),
        then=_value(row.field, row.after),
        from_whom=_("A file: %(name)s") % {"name": row.import_run.file_name}
        if row.import_run
        else _("The actor itself, by letter"),
    )


def _what(row: Suggestion) -> str:
    if row.kind == SuggestionKind.CORRECT:
        named = fact_name(row.field)
        return named if named != row.field else field_in_words(_ACTOR, row.field)
    return str(row.get_kind_display())


def _value(field: str, value: Any) -> str:
    if isinstance(value, dict):
        return str(LocalisedText(value)) or "\N{EN DASH}"
    return value_in_words(_ACTOR, field, value)


def _done(row: Suggestion) -> str:
    if row.kind == SuggestionKind.REMOVE:
        return _("%(name)s is seen by the secretariat alone now.") % {"name": row.actor.name}
    if row.kind == SuggestionKind.COMMENT:
        return _("Noted.")
    return _("%(fact)s is changed, and confirmed.") % {"fact": _what(row)}
