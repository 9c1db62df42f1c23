"""A form is done once: sent twice, or again because nobody answered, it is answered as before.

Every form has a key (``csrf_token`` draws it); one without is done as it ever was.
"""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.kernel.once import OtherContentError, Wish, do_once, is_key
from samskap.trust.models import User
from samskap.ui.unsent import BEGUN_BY, ONCE, give_back, unsent_of, use_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


_OURS: Final = ("portal", "workspace")
_OTHERWISE: Final = "_samskap_sent_otherwise"
_UNSAID: Final = frozenset({"csrfmiddlewaretoken", BEGUN_BY, ONCE})


class FormsOnce:
    """Call the view of a form with a key in one transaction with the key; stands innermost.

    A form is done when its view leads on to another page. One that is refused comes back under the
    key it came with.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say of a form that came back because its key was used that it did."""
        answer = self.get_response(request)
        if getattr(request, _OTHERWISE, False) and answer.status_code == HTTPStatus.OK:
            answer.status_code = HTTPStatus.CONFLICT
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer a form that has a key; leave everything else to its view."""
        if not _is_keyed(request):
            return None
        answers: list[HttpResponseBase] = []

        def act() -> str | None:
            answers.append(view(request, *args, **kwargs))
            return _way_on(answers[0])

        try:
            way_on = do_once(_wish(request), act, at=timezone.now())
        except OtherContentError:
            _come_back(request)
            return None
        if way_on is None:
            return answers[0]
        messages.info(request, _("We had this already. Nothing was done twice."))
        return HttpResponseRedirect(way_on)


def _is_keyed(request: HttpRequest) -> bool:
    match = request.resolver_match
    if request.method != "POST" or match is None or match.namespace not in _OURS:
        return False
    if not is_key(request.POST.get(ONCE, "")):
        return False
    # Who is not signed in is led to sign-in, and has done nothing.
    return match.namespace == "portal" or isinstance(request.user, User)


def _wish(request: HttpRequest) -> Wish:
    match = request.resolver_match
    assert match is not None  # noqa: S101 - tells the type: a view was found
    about = sorted((name, str(value)) for name, value in match.kwargs.items())
    return Wish(
        key=request.POST[ONCE],
        who=json.dumps([str(getattr(request.user, "pseudonym", "")), about]),
        what=match.view_name,
        content=json.dumps([request.GET.urlencode(), _said(request), _files(request)]).encode(),
    )


def _said(request: HttpRequest) -> list[tuple[str, list[str]]]:
    told = [(name, list(map(str, said))) for name, said in request.POST.lists()]
    return sorted(each for each in told if each[0] not in _UNSAID)


def _files(request: HttpRequest) -> list[tuple[str, str, str]]:
    found = []
    for name, files in request.FILES.lists():
        for file in files:
            digest = hashlib.sha256()
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
            found.append((name, file.name or "", digest.hexdigest()))
    return sorted(found)


def _way_on(answer: HttpResponseBase) -> str | None:
    """Return where a form that was done leads; one that leads to sign-in was not done."""
    way_on = answer.headers.get("Location", "")
    if answer.status_code not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER} or not way_on:
        return None
    try:
        found = resolve(way_on.partition("?")[0].partition("#")[0])
    except Resolver404:
        return None
    return way_on if found.namespace in _OURS else None


def _come_back(request: HttpRequest) -> None:
    setattr(request, _OTHERWISE, True)
    use_up(request)
    give_back(request, unsent_of(request))
    messages.warning(
        request,
        _(
            "You sent this form before, with something else in it, and that was done. "
            "If you want this too, send it once more."
        ),
    )
