"""The register's answers, in the shape they are documented to have."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from samskap.connectors.enhetsregisteret.parse import (
    RegisteredEntity,
    UnexpectedAnswerError,
    read_entity,
)
from tests.world.register import recorded


def read(name, **changes):
    return read_entity(json.loads(recorded(name)) | changes)


def test_entity_is_read():
    assert read("entity") == RegisteredEntity(
        number="313001202",
        name="EKSEMPEL NÆRINGSFORENING",
        legal_form="FLI",
        municipality="3105",
        deleted_on=None,
        is_bankrupt=False,
        is_winding_up=False,
    )
    assert read("entity").is_alive


def test_deleted_entity_has_few_fields_and_the_day_it_went():
    deleted = read("deleted")

    assert (deleted.deleted_on, deleted.municipality) == (dt.date(2025, 6, 30), "")
    assert not deleted.is_alive


def test_sub_entity_says_where_it_is_in_a_field_of_its_own():
    assert (read("sub_entity").municipality, read("sub_entity").legal_form) == ("3101", "BEDR")


def test_bankrupt_entity_with_an_address_abroad_is_in_no_municipality():
    bankrupt = read("bankrupt")

    assert (bankrupt.is_bankrupt, bankrupt.municipality) == (True, "")
    assert not bankrupt.is_alive


@pytest.mark.parametrize("field", ["underAvvikling", "underTvangsavviklingEllerTvangsopplosning"])
def test_voluntary_and_forced_ends_are_both_ends(field):
    ending = read("entity", **{field: True})

    assert (ending.is_winding_up, ending.is_alive) == (True, False)


def test_empty_date_is_no_date():
    assert read("entity", slettedato="").deleted_on is None


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"navn": None}, "navn"),
        ({"navn": "  "}, "navn"),
        ({"organisasjonsnummer": 313001202}, "organisasjonsnummer"),
        ({"organisasjonsform": "FLI"}, "organisasjonsform"),
        ({"organisasjonsform": {}}, "kode"),
        ({"slettedato": "30.06.2025"}, "slettedato"),
        ({"slettedato": 20250630}, "slettedato"),
    ],
)
def test_answer_of_another_shape_is_refused_with_the_field_that_is_not_as_it_should_be(
    changes, where
):
    with pytest.raises(UnexpectedAnswerError, match=f"^{where}$"):
        read("entity", **changes)


@pytest.mark.parametrize("payload", [[], "entity", None, 7])
def test_answer_that_is_no_object_is_refused(payload):
    with pytest.raises(UnexpectedAnswerError):
        read_entity(payload)


def test_fields_we_do_not_know_are_passed_over():
    assert read("entity", noeHeltNytt={"a": [1]}) == read("entity")
