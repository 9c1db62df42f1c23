"""Signing in with a service: to it, back from it, and which of them open one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samskap.actors import queries as actors
from samskap.kernel.languages import LANGUAGES
from samskap.trust import actions
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.invitations import (
    InvitationExpiredError,
    InvitationNotFoundError,
    InvitationUsedError,
)
from samskap.trust.models import User
from samskap.trust.sign_in import openid
from samskap.trust.sign_in.refusals import SignInRefusedError, UnknownStateError
from samskap.workspace.middleware import ACTING_FOR
from samskap.workspace.refusals import sentence_for
from samskap.workspace.second_step import STRONG
from samskap.workspace.throttles import throttled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from samskap.trust.models import Party
    from samskap.trust.sign_in.services import Service

QUESTION: Final = "sign_in_question"
CONNECT: Final = "connect"
_INVITED: Final = "invitation:"
_log = structlog.get_logger(__name__)


@require_POST
@never_cache
@throttled("service")
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the service; ``invitation`` or ``connect`` says what for, else to sign in.

    Only a form of ours begins it: a link elsewhere must not let someone accept an invitation that
    is another's with an identity of theirs. The answer is a page that leads on, since our policy
    lets no form lead to another site.
    """
    service = _service(key)
    if request.user.is_authenticated and request.POST.get("invitation"):
        return redirect("account_invitation", request.POST["invitation"])
    now = timezone.now()
    question = openid.Question.new(
        service, at=now, next_page=_next(request), purpose=_purpose(request)
    )
    try:
        where = openid.address_to_ask(
            service,
            question,
            answer_to=_answer_to(request, service),
            language=get_language() or LANGUAGES[0],
        )
    except SignInRefusedError as refused:
        return _refused(request, service, refused)
    request.session[QUESTION] = {**question.as_kept(), "language": get_language()}
    facts = {"service": service, "service_address": where}
    return render(request, "account/service_onward.html", facts)


@require_GET
@never_cache
@throttled("service")
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Take what the service answers, once, and let in whom it tells of."""
    service = _service(key)
    kept = request.session.pop(QUESTION, None) or {}
    with override(kept.pop("language", None) or get_language()):
        try:
            return _taken(request, service, kept)
        except SignInRefusedError as refused:
            _log.info("A sign-in was refused.", service=service.key, why=type(refused).__name__)
            return _refused(request, service, refused)


@require_POST
@login_required
def disconnect(request: HttpRequest, key: str) -> HttpResponse:
    """Let the service open this account no more."""
    if not isinstance(request.user, User):
        raise Http404(key)
    raise_if_reauthentication_required(request, app="samskap")
    if _is_only_way(request.user):
        messages.warning(request, _("That is the only way you sign in. Choose a password first."))
    elif actions.disconnect_identity(
        user=request.user, service_key=key, by=request.user, at=timezone.now()
    ):
        messages.success(request, _("The sign-in service opens your account no more."))
    return redirect("mfa_index")


def _is_only_way(user: User) -> bool:
    return not user.has_usable_password() and user.identities.count() == 1


def _taken(request: HttpRequest, service: Service, kept: Mapping[str, Any]) -> HttpResponse:
    now = timezone.now()
    question = openid.Question(**kept) if kept else None
    state = request.GET.get("state", "")
    if question is None or not question.is_answered_by(state, service, at=now):
        raise UnknownStateError
    claims = openid.answer_of(
        service,
        question,
        given=request.GET.dict(),
        answer_to=_answer_to(request, service),
        at=now,
    )
    if question.purpose == CONNECT:
        return _connected(request, service, claims, at=now)
    if question.purpose.startswith(_INVITED):
        secret = question.purpose.removeprefix(_INVITED)
        return _accepted(request, service, claims, secret, at=now)
    entered = actions.enter_with_service(
        service=service, claims=claims, party_of=party_of, by=OPERATOR, at=now
    )
    return _let_in(request, service, claims, entered, question.next)


def _connected(
    request: HttpRequest, service: Service, claims: Mapping[str, Any], *, at: datetime
) -> HttpResponse:
    if not isinstance(request.user, User):
        raise UnknownStateError
    actions.connect_identity(
        user=request.user, service=service, claims=claims, by=request.user, at=at
    )
    messages.success(
        request, _("You can sign in with %(service)s now.") % {"service": service.name}
    )
    return redirect("mfa_index")


def _accepted(
    request: HttpRequest,
    service: Service,
    claims: Mapping[str, Any],
    secret: str,
    *,
    at: datetime,
) -> HttpResponse:
    """Open the account that was invited, for whom the service tells of."""
    try:
        entered = actions.accept_invitation_with_service(
            secret=secret, service=service, claims=claims, party_of=party_of, by=OPERATOR, at=at
        )
    except (
        InvitationExpiredError,
        InvitationNotFoundError,
        InvitationUsedError,
        actions.AccountAlreadyOpenError,
        ValidationError,
    ):
        return redirect("account_invitation", secret)
    return _let_in(request, service, claims, entered, "")


def _let_in(
    request: HttpRequest,
    service: Service,
    claims: Mapping[str, Any],
    entered: actions.Entered,
    next_page: str,
) -> HttpResponse:
    """Sign in, by the same steps as with a password; a second one is asked for where it is set."""
    record_authentication(request, entered.user, "service", service=service.key)
    if openid.is_strong(service, claims):
        request.session[STRONG] = entered.user.pk
    if entered.party is not None:
        request.session[ACTING_FOR] = entered.party.pk
    # The service is who vouches for them; the address is not what they signed in by.
    login = Login(user=entered.user, redirect_url=next_page or None, email_verification="none")
    response: HttpResponse = perform_login(request, login)
    return response


def party_of(number: str) -> Party | None:
    """Return the party of the actor with an organisation number, if we know one."""
    known = actors.actors_seen_by(reader_for(OPERATOR, on=timezone.localdate()))
    found = known.filter(organisation_number=number).select_related("party").first()
    return found.party if found else None


def _service(key: str) -> Service:
    for service in settings.SIGN_IN_SERVICES:
        if service.key == key:
            return service
    raise Http404(key)


def _answer_to(request: HttpRequest, service: Service) -> str:
    return request.build_absolute_uri(reverse("account_service_answer", args=[service.key]))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def _purpose(request: HttpRequest) -> str:
    if secret := request.POST.get("invitation", ""):
        return f"{_INVITED}{secret}"
    if not request.POST.get("connect"):
        return ""
    if not request.user.is_authenticated:
        raise Http404
    raise_if_reauthentication_required(request, app="samskap")
    return CONNECT


def _refused(request: HttpRequest, service: Service, refused: SignInRefusedError) -> HttpResponse:
    title, sentence = sentence_for(refused, service)
    facts = {"service": service, "refused_title": title, "refused_sentence": sentence}
    return render(request, "account/service_refused.html", facts, status=403)
