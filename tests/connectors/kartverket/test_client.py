"""Asking Kartverket where a place ends, over a real line."""

from __future__ import annotations

import json

import pytest
import shapely

from samskap.connectors.kartverket import (
    KartverketUnavailableError,
    UnexpectedAnswerError,
    UnknownCodeError,
    kartverket,
)
from tests.world.mapping import mapping_server, path_of, recorded


def changed(name, **changes):
    return json.dumps(json.loads(recorded(name)) | changes).encode()


@pytest.mark.parametrize(
    ("code", "name", "bounds"),
    [
        ("3105", "municipality", (11.0, 59.2, 11.1, 59.3)),
        ("31", "county", (10.5, 59.0, 11.9, 59.8)),
    ],
)
def test_municipality_and_county_are_asked_about_where_each_is_kept(tmp_path, code, name, bounds):
    with mapping_server(tmp_path) as there:
        there.tell(code, recorded(name))

        outline = there.service.outline_of(code)

    assert (shapely.bounds(outline).tolist(), there.asked) == (list(bounds), [path_of(code)])


@pytest.mark.parametrize("status", ["404 Not Found", "400 Bad Request"])
def test_code_of_another_time_is_unknown(tmp_path, status):
    with mapping_server(tmp_path) as there:
        there.tell("3003", b"{}", status=status)

        with pytest.raises(UnknownCodeError):
            there.service.outline_of("3003")


def test_code_that_cannot_be_one_is_not_asked_about(tmp_path):
    with mapping_server(tmp_path) as there:
        for code in ("", "310", "SE-1486", "../sok"):
            with pytest.raises(UnknownCodeError):
                there.service.outline_of(code)

    assert there.asked == []


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_answer_of_failure_is_no_answer(tmp_path, status):
    with mapping_server(tmp_path) as there:
        there.tell("3105", b"{}", status=status)

        with pytest.raises(KartverketUnavailableError, match=status[:3]):
            there.service.outline_of("3105")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"<html>", "$"),
        (b"[]", "$"),
        (recorded("neighbour"), "kommunenummer"),
        (changed("municipality", omrade=None), "omrade"),
        (changed("municipality", omrade={"type": "Point", "coordinates": [11, 59]}), "omrade"),
        (changed("municipality", omrade={"type": "Polygon", "coordinates": "here"}), "omrade"),
        (
            changed(
                "municipality",
                omrade={
                    "type": "Polygon",
                    "coordinates": [[[59.2, 11.0], [59.2, 11.1], [59.3, 11.1], [59.2, 11.0]]],
                },
            ),
            "omrade.coordinates",
        ),
    ],
)
def test_answer_of_another_shape_is_refused_with_the_field_that_is_not_as_it_should_be(
    tmp_path, body, where
):
    with mapping_server(tmp_path) as there:
        there.tell("3105", body)

        with pytest.raises(UnexpectedAnswerError) as refused:
            there.service.outline_of("3105")

    assert refused.value.args == (where,)


def test_installation_asks_kartverket_itself():
    service = kartverket()

    assert service.base == "https://ws.geonorge.no/kommuneinfo/v1"
    assert "ws.geonorge.no" in service.client.hosts
