"""What the operator's log tells of attempts, and what it never tells."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from samskap.trust.models import Role
from samskap.workspace.watching import visitor
from tests.world.people import someone

pytestmark = pytest.mark.django_db
PASSWORD = "fire gode ord om våren"
WRONG = "fire gale ord om høsten"
ADDRESS = "203.0.113.7"


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def lines():
    stream = io.StringIO()
    written = next(one for one in logging.getLogger().handlers if one.get_name() == "stderr")
    before, written.stream = written.stream, stream
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    written.stream = before


@pytest.fixture
def security(lines):
    return lambda: [line for line in lines() if line["logger"] == "samskap.security"]


@pytest.fixture
def member():
    user = someone(Role.BOARD_MEMBER)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user, password):
    client = Client(REMOTE_ADDR=ADDRESS)
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return client


def test_every_sign_in_good_or_bad_is_written_down(member, security):
    sign_in(member, WRONG)
    sign_in(member, PASSWORD).post(reverse("account_logout"))

    told = [(line["level"], line["event"], line.get("account")) for line in security()]
    account = str(member.pseudonym)

    assert [one for one in told if one[1] != "sign-in step"] == [
        ("warning", "sign-in refused", None),
        ("info", "sign-in", account),
        ("info", "sign-out", account),
    ]


def test_no_line_says_who_or_from_where_or_with_which_password(member, lines):
    client = sign_in(member, WRONG)
    client = sign_in(member, PASSWORD)
    client.get(reverse("workspace:people"))

    told = json.dumps(lines(), ensure_ascii=False)

    assert "sign-in" in told
    for secret in (member.email, member.person.name, PASSWORD, WRONG, ADDRESS):
        assert secret not in told
    assert client.session.session_key not in told


def test_what_was_refused_is_written_down(member, security):
    client = sign_in(member, PASSWORD)

    client.get(reverse("workspace:people") + "?q=Kari+Nordmann")
    Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})

    refused = [line for line in security() if line["event"] == "refused"]
    assert [
        (line["status"], line["method"], line["path"], line["account"]) for line in refused
    ] == [
        (403, "GET", reverse("workspace:people"), str(member.pseudonym)),
        (403, "POST", reverse("account_login"), None),
    ]


def test_trying_too_often_is_written_down(member, security):
    for _ in range(30):
        sign_in(member, WRONG)

    often = [line for line in security() if line["event"] in {"too often", "sign-in refused"}]
    assert len(often) >= 5
    assert len({line["visitor"] for line in often}) == 1


def test_attempts_from_one_place_are_seen_to_be_and_not_from_which(monkeypatch):
    ask = RequestFactory()
    here, there = ask.get("/", REMOTE_ADDR=ADDRESS), ask.get("/", REMOTE_ADDR="203.0.113.8")
    today = visitor(here)

    assert visitor(here) == today
    assert visitor(there) != today
    assert len(today) == 12

    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert visitor(here) != today


def test_a_line_says_when_in_utc(member, lines):
    sign_in(member, PASSWORD)

    moments = [dt.datetime.fromisoformat(line["timestamp"]) for line in lines()]
    assert moments
    assert {moment.utcoffset() for moment in moments} == {dt.timedelta(0)}


def test_what_someone_typed_begins_no_line_of_its_own(member, lines):
    client = sign_in(member, PASSWORD)
    before = len(lines())

    client.get("/en/work/people/%0A%7B%22event%22%3A%22forged%22%7D/")
    client.get(reverse("workspace:people"))

    assert [line for line in lines()[before:] if line["event"] == "forged"] == []
