"""An answer that no honest service gives is refused, whoever signed it."""

from __future__ import annotations

import base64

import jwt
import pytest

from samskap.trust.sign_in import openid
from samskap.trust.sign_in.refusals import NotGenuineError, UnreachableError
from tests.rooms.trust.test_sign_in_services import ENTRA, read
from tests.world.people import NOON


@pytest.mark.parametrize("told", ["1764000000", True, None, float("nan"), float("inf"), []])
def test_a_moment_that_is_no_number_of_seconds_is_not_genuine(told):
    with pytest.raises(NotGenuineError):
        openid._moment({"exp": told}, "exp")


def test_a_service_that_lists_what_are_no_keys_does_not_answer(monkeypatch):
    (service,) = read(ENTRA)
    token = jwt.encode({"sub": "x"}, "k" * 32, algorithm="HS256").split(".")
    header = base64.urlsafe_b64encode(b'{"alg":"RS256"}').decode().rstrip("=")

    class Lists:
        def get(self, _address):
            return self

        def json(self):
            return {"keys": ["not a key"]}

    monkeypatch.setattr(openid, "_client", lambda _service: Lists())

    with pytest.raises(UnreachableError):
        openid._verified(
            service, {"jwks_uri": "https://x"}, ".".join([header, *token[1:]]), at=NOON
        )


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_signature_that_anyone_can_make_is_not_genuine(algorithm):
    (service,) = read(ENTRA)
    key = "k" * 32 if algorithm == "HS256" else ""
    token = jwt.encode({"sub": "x"}, key, algorithm=algorithm)

    with pytest.raises(NotGenuineError):
        openid._verified(service, {"jwks_uri": "https://x"}, token, at=NOON)
