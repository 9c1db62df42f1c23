"""A form loses nothing: not to a sign-in that ran out, nor to one renewed beside it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.kernel import secrecy
from samskap.trust.models import User
from samskap.ui.unsent import (
    BACK,
    Unsent,
    beginner_of,
    give_back,
    given_back,
    is_anothers,
    is_from_here,
    unsent_of,
    was_sent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.template.response import SimpleTemplateResponse

ASIDE: Final = "unsent"
LASTS_S: Final = 2 * 60 * 60
_PURPOSE: Final = "what was typed"
_OLD: Final = "_samskap_token_was_old"
_FROM_ASIDE: Final = "_samskap_from_aside"
_GONE: Final = "_samskap_was_aside"
_API: Final = "/api/"


class FormsComeBack:
    """Turn a form that cannot be taken into a reading of it, with what was typed in it already.

    Who signed in anew in another window has another token by now: the form comes back, to be sent
    once more. A form from another site is refused by Django's own guard, as ever; so this one
    stands before it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as to anyone; ``process_view`` changes what is asked."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Turn a form that is not to be taken into a reading of it; take what was put aside."""
        if request.path_info.startswith(_API):
            return
        if request.method == "POST":
            _look_at(request, view, args, kwargs)
        elif request.method == "GET" and ASIDE in request.session:
            _take_up(request)


class FormsWait:
    """Put what was typed aside when its writer is not signed in any more; stands innermost.

    It waits in their browser's session on the server, sealed, for two hours, for the one who began
    the form alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and see to it that nothing that was typed is lost by the answer."""
        answer = self.get_response(request)
        if was_sent(request) and _leads_to_sign_in(request, answer):
            _put_aside(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            # It takes no reading: the form stood on another page.
            if given_back(request):
                answer = _to_send_again(request)
            elif getattr(request, _GONE, False):
                answer = redirect("workspace:home")
        if answer.status_code == HTTPStatus.OK:
            if getattr(request, _FROM_ASIDE, False):
                del request.session[ASIDE]
            if getattr(request, _OLD, False):
                answer.status_code = HTTPStatus.FORBIDDEN
        return answer

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Fill in the forms of sign-in, which ask for nothing that is given back."""
        unsent = given_back(request)
        form = (response.context_data or {}).get("form")
        if unsent is not None and form is not None and not form.is_bound:
            form.initial |= {name: said for name, said in unsent.fields if name in form.fields}
        return response


# Not let through ----------------------------------------------------------------------------------
def _look_at(request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
    wants_it_back = BACK in request.POST
    if not wants_it_back and not is_from_here(request):
        return
    refusal = CsrfViewMiddleware(_nothing).process_view(request, view, args, kwargs)
    if refusal is not None:
        if is_from_here(request) and "HX-Request" not in request.headers:
            _give_back_old(request)
    elif wants_it_back:
        unsent = unsent_of(request)
        give_back(request, unsent)
        _ask_for_files(request, unsent)


def _give_back_old(request: HttpRequest) -> None:
    unsent = unsent_of(request)
    setattr(request, _OLD, True)
    if unsent is not None and is_anothers(unsent, request.user):
        give_back(request, None)
        if isinstance(request.user, User):
            messages.warning(
                request,
                _("Somebody else who was signed in here had begun that form. Nothing was sent."),
            )
        return
    give_back(request, unsent)
    messages.warning(
        request,
        _("You signed in again in another window. Look it over, and save once more.")
        if isinstance(request.user, User)
        else _("The form had stood open too long. Look it over, and send it once more."),
    )
    _ask_for_files(request, unsent)


# Put aside until somebody has signed in -----------------------------------------------------------
def _put_aside(request: HttpRequest) -> None:
    """Keep what was typed for the one who began it; what nobody can have begun is not kept."""
    unsent, match = unsent_of(request), request.resolver_match
    beginner = beginner_of(unsent) if unsent else ""
    if unsent is None or match is None or not beginner:
        return
    facts = {
        "at": timezone.now().timestamp(),
        "by": beginner,
        "form": _form(request),
        "fields": unsent.fields,
        "had_files": unsent.had_files,
    }
    request.session[ASIDE] = secrecy.seal(json.dumps(facts), purpose=_PURPOSE)
    messages.info(request, _("What you wrote waits here until you have signed in."))


def _take_up(request: HttpRequest) -> None:
    """Give back what was put aside, at its form; forget it when it is old, or somebody else's."""
    if not isinstance(request.user, User):
        return
    facts = _read(request.session[ASIDE])
    is_at_its_form = facts.get("form") == _form(request)
    is_theirs = facts.get("by") == str(request.user.pseudonym)
    if not is_theirs or timezone.now().timestamp() - facts["at"] > LASTS_S:
        del request.session[ASIDE]
        setattr(request, _GONE, is_at_its_form)
    elif is_at_its_form:
        fields = tuple((name, value) for name, value in facts["fields"])
        unsent = Unsent(fields, had_files=facts["had_files"])
        give_back(request, unsent)
        setattr(request, _FROM_ASIDE, True)
        messages.info(request, _("You were signed out. What you wrote is here still."))
        _ask_for_files(request, unsent)


def _read(sealed: str) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads(secrecy.unseal(sealed, purpose=_PURPOSE))
    except secrecy.UnreadableError:
        return {}
    return facts


def _form(request: HttpRequest) -> list[Any]:
    """Return what an address is whatever language it is in: its name, and what it is about."""
    match = request.resolver_match
    assert match is not None  # noqa: S101 - tells the type: a view was found
    return [match.view_name, {name: str(value) for name, value in match.kwargs.items()}]


def _ask_for_files(request: HttpRequest, unsent: Unsent | None) -> None:
    if unsent is not None and unsent.had_files:
        messages.info(request, _("Files are not kept. Choose them once more."))


def _leads_to_sign_in(request: HttpRequest, answer: HttpResponse) -> bool:
    if answer.status_code != HTTPStatus.FOUND or isinstance(request.user, User):
        return False
    return answer.headers["Location"].partition("?")[0] == resolve_url("account_login")


def _to_send_again(request: HttpRequest) -> HttpResponse:
    facts = {"unsent": given_back(request), "address": request.get_full_path()}
    return render(request, "workspace/unsent.html", facts)


def _nothing(_request: HttpRequest) -> Any:
    return None
