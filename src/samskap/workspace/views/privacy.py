"""Who waits for an answer about their data, what went by itself, and the record of processing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.strategy.queries import the_partnership
from samskap.trust import queries
from samskap.trust.actions.privacy import AnsweredAlreadyError, answer_request
from samskap.trust.models import PrivacyRequest, RetentionRun, Role, Wish
from samskap.trust.privacy import records, registry
from samskap.trust.rules import may_erase
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, standing_of
from samskap.workspace.forms.privacy import AnswerForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from samskap.workspace.desk import Desk

KEEPERS: Final = (Role.SECRETARIAT, Role.ADMINISTRATOR)
# GDPR article 12, paragraph 3: without undue delay, and within a month.
_ANSWERED_WITHIN: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that nobody has answered, and the last day to do it."""

    asked: PrivacyRequest
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """How much went by one rule."""

    says: str
    count: int


@require_safe
@at_the_desk(*KEEPERS)
def privacy(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show who waits, what went last night, and what is done with what is held about people."""
    run = RetentionRun.objects.order_by("-ran_at", "-id").first()
    return render(
        request,
        "workspace/privacy/privacy.html",
        context(
            desk,
            waiting=[_waiting(asked, desk) for asked in _open_requests(desk)],
            run=run,
            gone=_gone(run) if run else [],
            record=_record(),
        ),
    )


@require_safe
@at_the_desk(*KEEPERS)
def record_file(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """Hand out the record of processing, in Markdown (``md``) or as JSON (``json``)."""
    del request
    if form == "md":
        page = records.as_markdown(_record())
        answer = HttpResponse(page, content_type="text/markdown; charset=utf-8")
    elif form == "json":
        data = records.as_data(_record())
        answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    else:
        raise Http404(form)
    name = f"record-{desk.today.isoformat()}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@at_the_desk(*KEEPERS)
@transaction.atomic
def answer(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """Say what was done about what somebody asks."""
    asked = _requests(desk).filter(key=key).first()
    if asked is None or (asked.answered_at and request.method != "POST"):
        raise Http404(key)
    changed = editing(request, desk, asked, AnswerForm, told=lambda: standing_of(asked, "answer"))
    form = changed.form
    if changed.may_be_kept:
        try:
            answer_request(
                asked=asked, answer=form.cleaned_data["answer"], by=desk.user, at=desk.now
            )
        except AnsweredAlreadyError:
            form.add_error(None, _("Somebody has answered this already."))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Answered. They read it among what we have about them."))
            return redirect("workspace:privacy")
    facts = context(
        desk,
        asked=asked,
        form=form,
        editing=changed,
        may_erase=asked.wish == Wish.ERASE and may_erase(desk.user, asked.person),
    )
    return render(request, "workspace/privacy/answer.html", facts, status=changed.status)


def _requests(desk: Desk) -> QuerySet[PrivacyRequest]:
    seen = queries.people_seen_by(desk.reader)
    return (
        PrivacyRequest.objects.filter(person__in=seen.order_by())
        .select_related("person")
        .order_by("asked_at", "id")
    )


def _open_requests(desk: Desk) -> QuerySet[PrivacyRequest]:
    return _requests(desk).filter(answered_at=None)


def _waiting(asked: PrivacyRequest, desk: Desk) -> Waiting:
    due_on = timezone.localdate(asked.asked_at + _ANSWERED_WITHIN)
    return Waiting(asked, due_on, is_late=due_on < desk.today)


def _gone(run: RetentionRun) -> list[Gone]:
    rules = registry.rules()
    return [
        Gone(str(rules[key].says), count)
        for key, count in run.counts.items()
        if key in rules and count
    ]


def _record() -> records.Record:
    partnership = the_partnership()
    if partnership is None:
        return records.record_of_processing()
    return records.record_of_processing(
        records.Controller(str(partnership.name), partnership.contact)
    )
