"""Asking the register about a number, over a real line."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from samskap.connectors.enhetsregisteret import (
    RegisterUnavailableError,
    UnexpectedAnswerError,
    UnknownNumberError,
    the_register,
)
from tests.world.https_server import answer
from tests.world.register import recorded, register_server

ENTITY = "/api/enheter/313001202"


def test_number_is_looked_up_once_in_the_version_we_know(tmp_path):
    with register_server(tmp_path) as there:
        there.says[ENTITY] = answer(recorded("entity"))

        found = there.register.look_up("313 001 202")

    assert (found.name, there.asked) == ("EKSEMPEL NÆRINGSFORENING", [ENTITY])


def test_number_of_a_workplace_is_found_among_the_sub_entities(tmp_path):
    with register_server(tmp_path) as there:
        there.says["/api/underenheter/313001415"] = answer(recorded("sub_entity"))

        found = there.register.look_up("313001415")

    assert found.municipality == "3101"
    assert there.asked == ["/api/enheter/313001415", "/api/underenheter/313001415"]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_number_that_nobody_has_is_unknown(tmp_path, status):
    with register_server(tmp_path) as there:
        there.says[ENTITY] = answer(b"{}", status=status)

        with pytest.raises(UnknownNumberError):
            there.register.look_up("313001202")


@pytest.mark.parametrize("status", ["429 Too Many Requests", "500 Internal Server Error"])
def test_answer_of_failure_is_no_answer(tmp_path, status):
    with register_server(tmp_path) as there:
        there.says[ENTITY] = answer(b"{}", status=status)

        with pytest.raises(RegisterUnavailableError, match=status[:3]):
            there.register.look_up("313001202")


@pytest.mark.parametrize("body", [b"", b"<html>", recorded("deleted")])
def test_answer_about_something_else_is_not_taken(tmp_path, body):
    with register_server(tmp_path) as there:
        there.says[ENTITY] = answer(body)

        with pytest.raises(UnexpectedAnswerError):
            there.register.look_up("313001202")


def test_number_that_cannot_be_one_is_not_asked_about(tmp_path):
    with register_server(tmp_path) as there:
        with pytest.raises(ValidationError):
            there.register.look_up("313001203")
        with pytest.raises(ValidationError):
            there.register.look_up("../roller/totalbestand")

    assert there.asked == []


def test_installation_asks_the_register_itself():
    register = the_register()

    assert register.base == "https://data.brreg.no/enhetsregisteret/api"
    assert register.client.hosts == frozenset({"data.brreg.no", "ws.geonorge.no"})
