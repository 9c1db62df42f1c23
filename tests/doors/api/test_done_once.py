"""A request of the API with an Idempotency-Key is done once. No address takes one today."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from samskap.api.once import KeyedRequests
from samskap.kernel.models import Done

pytestmark = pytest.mark.django_db
KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'


class Counter:
    """An address that counts how often it was called."""

    def __init__(self, status: int = 201) -> None:
        self.status, self.calls = status, 0

    def __call__(self, _request) -> HttpResponse:
        self.calls += 1
        return JsonResponse({"number": self.calls}, status=self.status)


def asked(view, key=KEY, body='{"name": "Kari"}', method="post"):
    headers = {} if key is None else {"Idempotency-Key": key}
    make = getattr(RequestFactory(), method)
    request = make("/api/v1/things", data=body, content_type="application/json", headers=headers)
    request.user = AnonymousUser()
    request.resolver_match = ResolverMatch(view, (), {}, route="api/v1/things")
    answer = KeyedRequests(HttpResponse).process_view(request, view, (), {})
    return view(request) if answer is None else answer


def test_the_same_request_again_has_the_first_answer():
    view = Counter()

    answers = [asked(view) for _ in range(3)]

    assert view.calls == 1
    assert [(each.status_code, json.loads(each.content)) for each in answers] == [
        (201, {"number": 1})
    ] * 3
    assert {each["Content-Type"] for each in answers} == {"application/json"}


def test_the_key_of_another_request_is_refused():
    view = Counter()
    asked(view)

    refused = asked(view, body='{"name": "Ola"}')

    assert (refused.status_code, view.calls) == (422, 1)
    assert json.loads(refused.content)["type"] == "/api/v1/docs#problem-key-used"


@pytest.mark.parametrize(
    "key", ["kort", '"with spaces in between"', "x" * 256, '"half-quoted-key-17']
)
def test_a_key_that_cannot_be_used_is_refused(key):
    view = Counter()

    assert (asked(view, key).status_code, view.calls) == (400, 0)


def test_a_request_without_a_key_and_one_that_reads_are_left_alone():
    view = Counter()

    asked(view, None)
    asked(view, None)
    asked(view, method="get", body=None)

    assert (view.calls, Done.objects.count()) == (3, 0)


def test_a_refusal_did_nothing_and_is_asked_anew():
    view = Counter(status=422)
    asked(view)
    view.status = 201

    assert (asked(view).status_code, view.calls, Done.objects.count()) == (201, 2, 1)
