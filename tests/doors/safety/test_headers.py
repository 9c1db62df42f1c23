"""What a browser is told with every answer, and what it may keep."""

from __future__ import annotations

import importlib

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samskap.config import safety
from samskap.kernel.safety import SafetyMiddleware
from samskap.trust.models import Role
from tests.world.people import someone

pytestmark = pytest.mark.django_db

# Written out by hand: what is promised in docs/security/headers.md.
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
ANSWERS = {
    "a page": "/nb/",
    "the way to the desk": "/nb/arbeid/",
    "sign-in": "/nb/konto/login/",
    "what is not there": "/nb/finnes-ikke/",
    "the api": "/api/v1/actors",
    "a fault of the api": "/api/v1/actors/finnes-ikke",
    "health": "/health/live",
}


def policy_of(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("address", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_keeps_the_browser_strict(address):
    answer = Client().get(address)

    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert policy_of(answer) == POLICY
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_a_file_of_ours_keeps_the_browser_strict():
    answer = Client().get("/static/favicon.svg")

    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert policy_of(answer) == POLICY


def test_a_fault_of_ours_keeps_the_browser_strict(monkeypatch):
    def fails() -> None:
        raise RuntimeError

    monkeypatch.setattr("samskap.strategy.public.partnership", fails)

    answer = Client(raise_request_exception=False).get("/nb/")

    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert policy_of(answer) == POLICY


def test_only_the_api_may_be_read_by_other_sites():
    page, api = Client().get("/nb/"), Client().get("/api/v1/actors")

    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in page.headers
    assert api.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in api.headers


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/nb/", "GET, HEAD, POST, OPTIONS"),
        ("/nb/konto/login/", "GET, HEAD, POST, OPTIONS"),
        ("/api/v1/actors", "GET, HEAD, OPTIONS"),
    ],
)
def test_methods_nobody_needs_are_refused(method, address, allowed):
    answer = Client().generic(method, address)

    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


def test_signing_out_clears_what_the_browser_kept_of_the_desk():
    client = Client()
    client.force_login(someone(Role.SECRETARIAT))

    answer = client.post(reverse("account_logout"))

    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/nb/").headers


def test_a_view_may_say_otherwise_of_its_own_answer():
    kept = HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"})

    answer = SafetyMiddleware(lambda _: kept)(Client().get("/nb/").wsgi_request)

    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.fixture
def as_if_over_https(monkeypatch):
    """Give the settings an installation behind https has."""
    monkeypatch.delenv("SAMSKAP_PLAIN_HTTP", raising=False)
    monkeypatch.setenv("SAMSKAP_BEHIND_PROXY", "1")
    yield importlib.reload(safety)
    monkeypatch.undo()
    importlib.reload(safety)


def test_over_https_cookies_are_bound_to_the_very_host(as_if_over_https):
    names = [
        as_if_over_https.SESSION_COOKIE_NAME,
        as_if_over_https.CSRF_COOKIE_NAME,
        as_if_over_https.LANGUAGE_COOKIE_NAME,
    ]

    assert names == ["__Host-session", "__Host-csrf", "__Host-language"]
    assert as_if_over_https.SESSION_COOKIE_SECURE
    assert as_if_over_https.CSRF_COOKIE_SECURE
    assert as_if_over_https.LANGUAGE_COOKIE_SECURE


def test_over_https_nobody_is_answered_without_it_for_a_year(as_if_over_https, settings):
    settings.SECURE_SSL_REDIRECT = as_if_over_https.SECURE_SSL_REDIRECT
    settings.SECURE_HSTS_SECONDS = as_if_over_https.SECURE_HSTS_SECONDS
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = as_if_over_https.SECURE_HSTS_INCLUDE_SUBDOMAINS
    settings.SECURE_HSTS_PRELOAD = as_if_over_https.SECURE_HSTS_PRELOAD

    plain, secure = Client().get("/nb/"), Client().get("/nb/", secure=True)

    assert (plain.status_code, plain.url) == (301, "https://testserver/nb/")
    assert secure.headers["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )


def test_a_forwarded_scheme_is_believed_only_behind_a_proxy_of_ours(as_if_over_https, settings):
    settings.SECURE_SSL_REDIRECT = True
    forged = {"HTTP_X_FORWARDED_PROTO": "https"}

    alone = Client().get("/nb/", **forged)
    settings.SECURE_PROXY_SSL_HEADER = as_if_over_https.SECURE_PROXY_SSL_HEADER
    behind = Client().get("/nb/", **forged)

    assert (alone.status_code, behind.status_code) == (301, 200)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites():
    client = Client()
    client.force_login(someone(Role.SECRETARIAT))
    client.get(reverse("workspace:home"))
    client.get("/nb/konto/login/")

    cookies = {
        name: (bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"])
        for name, cookie in client.cookies.items()
    }

    assert cookies
    assert set(cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert set(cookies.values()) == {(True, "Lax", "/", "")}


def test_a_page_may_not_keep_the_database_for_long_and_a_job_may(monkeypatch):
    monkeypatch.setenv("SAMSKAP_STATEMENT_TIMEOUT_S", "30")
    page = safety.patience_of_the_database()
    monkeypatch.delenv("SAMSKAP_STATEMENT_TIMEOUT_S")
    job = safety.patience_of_the_database()

    assert page == {
        "options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
    }
    assert job == {}
