"""A form that loses nothing: not to a sign-in that ran out, nor to one renewed beside it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from samskap.trust.models import User
from samskap.workspace.forms.talks import draft_of, is_by

if TYPE_CHECKING:
    from django.http import HttpRequest

    from samskap.workspace.desk import Desk, View

DRAFT: Final = "talk-draft"


def keeps_what_is_typed(view: View) -> View:
    """Put what was typed aside when its writer is not signed in any more; they get it back.

    It is kept in the browser's session on the server, for the one who began the form alone. Who
    signed in anew in another window has another token by now: such a form comes back filled in, to
    be sent once more (``is_stale``). A form from another site is refused as ever.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = CsrfViewMiddleware(_nothing).process_view(request, view, args, kwargs)
        if refusal is not None and not _is_from_here(request):
            return HttpResponse(refusal.content, status=refusal.status_code)
        if request.method == "POST" and not isinstance(request.user, User):
            request.session[DRAFT] = draft_of(request.POST, request.POST.getlist)
        return view(request, *args, is_stale=refusal is not None, **kwargs)

    return guarded


def what_was_put_aside(request: HttpRequest, desk: Desk) -> dict[str, Any] | None:
    """Return the draft that whoever sits here was writing when they were signed out, once."""
    draft = request.session.pop(DRAFT, None)
    if draft is None or not is_by(draft.get("author", ""), desk):
        return None
    return {name: value for name, value in draft.items() if name != "author"}


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser itself says that the form is one of this site's."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
