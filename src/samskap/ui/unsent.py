"""What somebody typed and we have not taken: told, given back in its form, or sent once more.

A form drawn for someone who is signed in says, signed, who they are (``begun_by``), so that what
they typed is given back to them and to nobody else who sits down at the same machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core import signing
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token

from samskap.kernel.once import is_key, new_key

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest

BEGUN_BY: Final = "begun_by"
# The button that asks for the form, filled in, and not for what it does.
BACK: Final = "unsent"
# The key under which a form is done once.
ONCE: Final = "once"
_TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_SECRETS: Final = frozenset({"code", "credential"})
_SIGNER: Final = signing.Signer(salt="samskap.ui.unsent")
_GIVEN_BACK: Final = "_samskap_given_back"
_USED_UP: Final = "_samskap_key_is_used_up"


@dataclass(frozen=True, slots=True)
class Unsent:
    """The fields of a form as they were sent, without passwords, codes and files."""

    fields: tuple[tuple[str, str], ...]
    had_files: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What reads as words, to be copied when nothing else helps."""
        return tuple(
            value for name, value in self.fields if name != BEGUN_BY and " " in value.strip()
        )

    def data(self) -> QueryDict:
        """Return the fields as a form takes them."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        return data


def unsent_of(request: HttpRequest) -> Unsent | None:
    """Return what ``request`` sent; none when it sent no form, or one that cannot be read."""
    if not was_sent(request):
        return None
    try:
        sent, files = request.POST, request.FILES
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return None
    fields = ((name, str(value)) for name, values in sent.lists() for value in values)
    kept = tuple((name, value) for name, value in fields if not _is_left_out(name))
    return Unsent(kept, had_files=bool(files))


def what_was_typed(request: HttpRequest) -> dict[str, Any]:
    """Return what a page that refuses a form gives it back with; nothing of another site's form."""
    if not (getattr(request, "csrf_processing_done", False) or is_from_here(request)):
        return {}
    unsent = unsent_of(request)
    if unsent is None:
        return {}
    token = get_token(request)
    return {"unsent": unsent, "address": request.get_full_path(), "csrf_token": token}


def was_sent(request: HttpRequest) -> bool:
    """Whether ``request`` came as a form, however it is answered."""
    return request.META.get("REQUEST_METHOD") == "POST"


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser itself says that the form is one of this site's."""
    try:
        return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False


# Who began it -------------------------------------------------------------------------------------
def begun_by(user: Any) -> str:
    """Return what a form says of whoever it is drawn for; nothing for one who is not signed in."""
    pseudonym = getattr(user, "pseudonym", None)
    return _SIGNER.sign(str(pseudonym)) if pseudonym else ""


def beginner_of(unsent: Unsent) -> str:
    """Return the pseudonym of the one a form was drawn for; empty when it does not say."""
    try:
        return _SIGNER.unsign(dict(unsent.fields).get(BEGUN_BY, ""))
    except signing.BadSignature:
        return ""


def is_anothers(unsent: Unsent, user: Any) -> bool:
    """Whether a form was drawn for somebody else than ``user``."""
    beginner = beginner_of(unsent)
    return bool(beginner) and beginner != str(getattr(user, "pseudonym", ""))


# Done once ----------------------------------------------------------------------------------------
def key_of_form(request: Any) -> str:
    """Return the key of a form that is drawn: the one it came with, else a new one.

    A form that comes back was not done, or nobody knows whether it was: under the same key it is
    done once, however often it is sent.
    """
    sent = getattr(request, "_post", None) or {}
    key = str(sent.get(ONCE, ""))
    is_free = is_key(key) and not getattr(request, _USED_UP, False)
    return key if is_free else new_key()


def use_up(request: HttpRequest) -> None:
    """Let the form of ``request`` come back under a new key."""
    setattr(request, _USED_UP, True)


# Given back ---------------------------------------------------------------------------------------
def give_back(request: HttpRequest, unsent: Unsent | None) -> None:
    """Answer ``request`` as one that reads the form, with what was typed in it already."""
    request.method = "GET"
    if unsent is not None:
        setattr(request, _GIVEN_BACK, unsent)


def given_back(request: HttpRequest) -> Unsent | None:
    """Return what is given back with this answer."""
    found: Unsent | None = getattr(request, _GIVEN_BACK, None)
    return found


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what a form takes: what was sent, were it nothing at all, or what is given back."""
    if request.method == "POST":
        return request.POST
    found = given_back(request)
    return None if found is None else found.data()


def status_of(request: HttpRequest, form: BaseForm) -> int:
    """Return 422 for a form that was sent and is not taken; 200 for one that is only drawn."""
    return 422 if form.is_bound and request.method == "POST" else 200


def _is_left_out(name: str) -> bool:
    return name in {_TOKEN, BACK, ONCE} or name in _SECRETS or "password" in name
