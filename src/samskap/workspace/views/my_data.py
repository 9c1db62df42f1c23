"""What is held about whoever asks: to read, as a file, and a way to have it put right or erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.strategy.queries import the_partnership
from samskap.trust.actions.privacy import AskedAlreadyError, Notice, ask_about_oneself
from samskap.trust.models import Person, Wish
from samskap.trust.privacy import exports
from samskap.trust.privacy.subjects import verified_subject_of
from samskap.ui.unsent import status_of, typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.forms.privacy import AskForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import Desk


@require_safe
@at_the_desk()
def my_data(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show everything that is held about whoever is signed in."""
    return _page(request, desk, AskForm())


@require_safe
@at_the_desk()
def my_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Hand out the same as JSON."""
    del request
    found = exports.data_about(verified_subject_of(_own_person(desk)), at=desk.now)
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"samskap-{desk.today.isoformat()}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@at_the_desk()
def ask(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send what they ask to the secretariat."""
    form = AskForm(typed(request))
    if form.is_valid():
        try:
            ask_about_oneself(
                person=_own_person(desk),
                wish=Wish(form.cleaned_data["wish"]),
                text=form.cleaned_data["text"],
                notice=_notice(request),
                by=desk.user,
                at=desk.now,
            )
        except AskedAlreadyError:
            form.add_error("wish", _("You have asked this already, and it waits for an answer."))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("We have got it, and answer within a month."))
            return redirect("workspace:my-data")
    return _page(request, desk, form)


def _page(request: HttpRequest, desk: Desk, form: AskForm) -> HttpResponse:
    person = _own_person(desk)
    held = exports.held_about(verified_subject_of(person))
    facts = context(
        desk,
        person=person,
        held=held,
        number=sum(len(section.rows) + section.left_out for section in held.sections)
        + len(held.namings),
        form=form,
    )
    status = status_of(request, form)
    return render(request, "workspace/privacy/my_data.html", facts, status=status)


def _own_person(desk: Desk) -> Person:
    person = Person.objects.select_related("user").filter(user=desk.user).first()
    if person is None:
        raise Http404
    return person


def _notice(request: HttpRequest) -> Notice | None:
    """Return the letter to the secretariat, if it has an address: that somebody asks, not who."""
    partnership = the_partnership()
    if partnership is None or not partnership.contact:
        return None
    language = partnership.default_language or get_language() or DEFAULT_LANGUAGE
    with override(language):
        return Notice(
            to=partnership.contact,
            subject=_("Somebody asks about what we have on them"),
            text="\n\n".join(
                [
                    _("Somebody who works here asks about their personal data. Answer in a month:"),
                    request.build_absolute_uri(reverse("workspace:privacy")),
                ]
            ),
            language=language,
        )
