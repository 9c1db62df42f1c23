"""Speaking with a sign-in service: OpenID Connect's authorization code, and every check of it.

Proof key (PKCE), state, nonce, signature, issuer, audience, age and level are checked here. What
is called out to goes through the one way out of the house. Nothing here is kept anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import secrets
import ssl
import uuid
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import quote, urlencode, urlsplit

import jwt
from django.conf import settings

from samskap.kernel import http
from samskap.trust.sign_in.refusals import (
    CodeRefusedError,
    DeclinedError,
    ExpiredError,
    NotGenuineError,
    UnreachableError,
    WrongLevelError,
    WrongNonceError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from samskap.trust.sign_in.services import Service

_WELL_KNOWN: Final = "/.well-known/openid-configuration"
# Signatures that only the service can make; nothing symmetrical, and never none.
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
_REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
# How far two clocks may be apart, and how long whoever signs in may take there, in seconds.
CLOCKS_APART_S: Final = 30
PATIENCE_S: Final = 600
_ASSERTION_S: Final = 60


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of a service, kept in the browser's session until it answers."""

    service: str
    state: str
    nonce: str
    verifier: str
    at: float
    next: str = ""
    purpose: str = ""

    @classmethod
    def new(cls, service: Service, *, at: datetime, next_page: str, purpose: str) -> Self:
        """Return a question nobody can guess."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(service.key, state, nonce, verifier, at.timestamp(), next_page, purpose)

    def as_kept(self) -> dict[str, Any]:
        """Return it as a session keeps it."""
        return asdict(self)

    def is_answered_by(self, state: str, service: Service, *, at: datetime) -> bool:
        """Whether an answer with ``state`` from ``service`` is to this question, and in time."""
        return (
            secrets.compare_digest(self.state.encode(), state.encode())
            and self.service == service.key
            and 0 <= at.timestamp() - self.at <= PATIENCE_S
        )


def address_to_ask(service: Service, question: Question, *, answer_to: str, language: str) -> str:
    """Return the address of the service at which someone signs in.

    ``answer_to`` is our own address that the service is told beforehand. Raises
    ``UnreachableError``.
    """
    asked = {
        "response_type": "code",
        "client_id": service.client_id,
        "redirect_uri": answer_to,
        "scope": " ".join(service.scopes),
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": _challenge(question.verifier),
        "code_challenge_method": "S256",
        "ui_locales": language,
    }
    if service.acr:
        asked["acr_values"] = service.acr[0]
    if service.resource:
        wanted = {"type": "ansattporten:altinn:resource", "resource": service.resource}
        asked["authorization_details"] = json.dumps([wanted])
    door = _facts(service)["authorization_endpoint"]
    return f"{door}{'&' if urlsplit(door).query else '?'}{urlencode(asked)}"


def answer_of(
    service: Service, question: Question, *, given: Mapping[str, str], answer_to: str, at: datetime
) -> dict[str, Any]:
    """Return the claims of the service's answer, when every check of it holds.

    ``given`` is what came back in the address. Raises a kind of ``SignInRefusedError``.
    """
    if "error" in given or not given.get("code"):
        raise DeclinedError(given.get("error", ""))
    facts = _facts(service)
    if given.get("iss", facts["issuer"]) != facts["issuer"]:
        raise NotGenuineError("iss")
    token = _exchanged(service, facts, given["code"], question.verifier, answer_to, at=at)
    claims = _verified(service, facts, token, at=at)
    if not secrets.compare_digest(str(claims["nonce"]).encode(), question.nonce.encode()):
        raise WrongNonceError
    if service.acr and claims.get("acr") not in service.acr:
        raise WrongLevelError(str(claims.get("acr")))
    return claims


def is_strong(service: Service, claims: Mapping[str, Any]) -> bool:
    """Whether ``claims`` say that two factors were asked for, at a service we believe in it."""
    ways = claims.get("amr")
    named = set(ways) if isinstance(ways, list) else set()
    return claims.get("acr") in service.strong_acr or bool(named & set(service.strong_amr))


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _exchanged(
    service: Service,
    facts: Mapping[str, Any],
    code: str,
    verifier: str,
    answer_to: str,
    *,
    at: datetime,
) -> str:
    ours, authorization = _who_we_are(service, facts, at=at)
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": answer_to,
        "code_verifier": verifier,
        "client_id": service.client_id,
        **ours,
    }
    with _as_unreachable(service):
        client = _client(service)
        answer = client.post_form(facts["token_endpoint"], fields, authorization=authorization)
        said = _object(answer.json())
    if answer.status != HTTPStatus.OK:
        raise CodeRefusedError(str(said.get("error", "")))
    if not isinstance(said.get("id_token"), str):
        raise NotGenuineError("id_token")
    return str(said["id_token"])


def _who_we_are(
    service: Service, facts: Mapping[str, Any], *, at: datetime
) -> tuple[dict[str, str], str]:
    """Return what proves to the service that it is us: fields of the form, or a header."""
    if service.client_key:
        return {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": _assertion(service, at=at),
        }, ""
    if "client_secret_post" in facts.get("token_endpoint_auth_methods_supported", ()):
        return {"client_secret": service.client_secret}, ""
    pair = ":".join(quote(part, safe="") for part in (service.client_id, service.client_secret))
    return {}, f"Basic {base64.b64encode(pair.encode()).decode()}"


def _assertion(service: Service, *, at: datetime) -> str:
    now = int(at.timestamp())
    said = {
        "iss": service.client_id,
        "sub": service.client_id,
        "aud": service.issuer,
        "iat": now,
        "exp": now + _ASSERTION_S,
        "jti": str(uuid.uuid4()),
    }
    headers = {"kid": service.client_key_id} if service.client_key_id else None
    return jwt.encode(said, service.client_key, algorithm="RS256", headers=headers)


def _verified(
    service: Service, facts: Mapping[str, Any], token: str, *, at: datetime
) -> dict[str, Any]:
    try:
        key, algorithm = _key_of(service, facts, token)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=service.client_id,
            issuer=service.issuer,
            # Its age is looked at below, by the clock of whoever asks.
            options={"require": list(_REQUIRED), "verify_exp": False, "verify_iat": False},
        )
    except jwt.PyJWTError as wrong:
        raise NotGenuineError(str(wrong)) from wrong
    if (
        isinstance(claims["aud"], list)
        and claims.get("azp", service.client_id) != service.client_id
    ):
        raise NotGenuineError("azp")
    if _moment(claims, "exp") + CLOCKS_APART_S < at.timestamp():
        raise ExpiredError
    if _moment(claims, "iat") - CLOCKS_APART_S > at.timestamp():
        raise NotGenuineError("iat")
    return claims


def _moment(claims: Mapping[str, Any], name: str) -> float:
    told = claims[name]
    # What is no number of seconds would be neither before nor after any moment.
    if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
        raise NotGenuineError(name)
    return float(told)


def _key_of(service: Service, facts: Mapping[str, Any], token: str) -> tuple[jwt.PyJWK, str]:
    """Return the service's key that ``token`` says it is signed with, and how."""
    header = jwt.get_unverified_header(token)
    algorithm, wanted = str(header.get("alg")), header.get("kid")
    if algorithm not in _ALGORITHMS:
        raise NotGenuineError(algorithm)
    with _as_unreachable(service):
        keys = _object(_client(service).get(facts["jwks_uri"]).json()).get("keys", [])
        signing = [key for key in keys if _object(key).get("use", "sig") == "sig"]
    for key in signing:
        if key.get("kid") == wanted or (wanted is None and len(signing) == 1):
            return jwt.PyJWK.from_dict(key, algorithm), algorithm
    raise NotGenuineError(str(wanted))


def _facts(service: Service) -> dict[str, Any]:
    """Return what the service says of itself, which is where it says that it is."""
    with _as_unreachable(service):
        answer = _client(service).get(f"{service.issuer.rstrip('/')}{_WELL_KNOWN}")
        facts = _object(answer.json())
    if answer.status != HTTPStatus.OK or facts.get("issuer") != service.issuer:
        raise UnreachableError(service.key)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if urlsplit(str(facts.get(name, ""))).scheme != "https":
            raise UnreachableError(name)
    return facts


def _client(service: Service) -> http.OutgoingClient:
    """Return a client that reaches the service's own hosts, and no other."""
    hosts = frozenset({urlsplit(service.issuer).netloc, *service.hosts})
    terms: dict[str, Any] = {"proxy": "" if service.is_inside else settings.OUTGOING_PROXY}
    if service.is_inside:
        terms["may_reach"] = lambda _address: True
    if service.ca_file:
        terms["trust"] = ssl.create_default_context(cafile=service.ca_file)
    return http.OutgoingClient(hosts=hosts, **terms)


def _object(said: Any) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise TypeError(type(said).__name__)
    return said


@contextmanager
def _as_unreachable(service: Service) -> Iterator[None]:
    """Say of every way in which nothing useful came back that the service is out of reach."""
    try:
        yield
    except (http.OutgoingError, OSError, TypeError, ValueError) as broken:
        raise UnreachableError(service.key) from broken
