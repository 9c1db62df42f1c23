"""A request of the API that changes something is done once under its ``Idempotency-Key``.

As the IETF's draft has it (draft-ietf-httpapi-idempotency-key-header): 400 for a key that cannot be
used, 409 while the first request is being answered, 422 for the key of another request; else the
first answer. A refusal did nothing, and is asked anew.
"""

from __future__ import annotations

import base64
import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.api.problems import BAD_REQUEST, KEY_UNDER_WAY, KEY_USED, problem_response
from samskap.kernel.once import OtherContentError, UnderWayError, Wish, do_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

HEADER: Final = "Idempotency-Key"
_API: Final = "/api/"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# A string of structured fields (RFC 8941), or the same without its quotation marks.
_KEY: Final = re.compile(r'"([!#-\[\]-~]{16,255})"|([!#-\[\]-~]{16,255})')
_KEPT: Final = ("Content-Type", "Location")


class KeyedRequests:
    """Call the view of a keyed request in one transaction with the key; stands innermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as to anyone; ``process_view`` sees to the keys."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer a request of the API that has a key; leave everything else to its view."""
        said = request.headers.get(HEADER)
        if said is None or request.method in _SAFE or not request.path_info.startswith(_API):
            return None
        key = _KEY.fullmatch(said.strip())
        if key is None:
            return problem_response(
                request, BAD_REQUEST, _("An Idempotency-Key has 16 to 255 signs, without spaces.")
            )
        return _once(request, key[1] or key[2], lambda: view(request, *args, **kwargs))


def _once(request: HttpRequest, key: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    answers: list[HttpResponse] = []

    def act() -> str | None:
        answers.append(view())
        return _kept(answers[0])

    try:
        first = do_once(_wish(request, key), act, at=timezone.now(), waits=False)
    except UnderWayError:
        return problem_response(request, KEY_UNDER_WAY, str(KEY_UNDER_WAY.remedy))
    except OtherContentError:
        return problem_response(request, KEY_USED, str(KEY_USED.remedy))
    return answers[0] if first is None else _again(first)


def _wish(request: HttpRequest, key: str) -> Wish:
    content = request.get_full_path().encode() + b"\n" + request.body
    who = str(getattr(request.user, "pseudonym", ""))
    return Wish(key=key, who=who, what=f"{request.method} {_route(request)}", content=content)


def _route(request: HttpRequest) -> str:
    return request.resolver_match.route[:150] if request.resolver_match else ""


def _kept(answer: HttpResponse) -> str | None:
    """Return an answer as it is given again; nothing for one that did nothing."""
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        return None
    return json.dumps(
        {
            "status": answer.status_code,
            "headers": {name: answer.headers[name] for name in _KEPT if name in answer.headers},
            "body": base64.b64encode(answer.content).decode(),
        }
    )


def _again(kept: str) -> HttpResponse:
    facts = json.loads(kept)
    body = base64.b64decode(facts["body"])
    return HttpResponse(body, status=facts["status"], headers=facts["headers"])
