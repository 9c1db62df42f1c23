"""`samskap places`: where places end, from a file or from Kartverket, and the list."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.utils import timezone, translation

from samskap.cli.main import cli
from samskap.connectors import kartverket
from samskap.connectors.kartverket import Kartverket
from samskap.evidence.models import Boundary, Source
from samskap.kernel.http import OutgoingClient
from samskap.trust.models import AuditEntry
from tests.world.mapping import feature, geojson, mapping_server, recorded, square
from tests.world.region import ostfold

pytestmark = pytest.mark.django_db

SARPSBORG = feature({"kommunenummer": "3105"}, square(11.0, 59.2))
STROMSTAD = feature({"kommunkod": "1486"}, square(11.2, 58.9))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def run(*arguments: object):
    return CliRunner().invoke(cli, ["places", *map(str, arguments)])


@pytest.fixture
def there(tmp_path, monkeypatch):
    """Kartverket as the command finds it."""
    with mapping_server(tmp_path) as server:
        monkeypatch.setattr(kartverket, "kartverket", lambda: server.service)
        yield server


# Files --------------------------------------------------------------------------------------------
def test_file_is_loaded_once_and_then_nothing_changes(tmp_path):
    ostfold()
    path = geojson(tmp_path, SARPSBORG, STROMSTAD)

    first, second = run("load", path), run("load", path, "--json")

    assert first.output == "2 boundaries registered, 0 changed, 0 as before.\n"
    assert json.loads(second.output) == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
        "passed_over": 0,
    }
    assert {entry.door for entry in AuditEntry.objects.filter(verb="boundary.registered")} == {
        "cli"
    }


def test_each_country_has_a_source_and_terms_of_its_own(tmp_path):
    ostfold()

    run("load", geojson(tmp_path, SARPSBORG, STROMSTAD))

    said = Source.objects.filter(key__startswith="boundaries-").order_by("key")
    assert [(each.key, each.publisher, each.licence) for each in said] == [
        ("boundaries-no-kartverket", "Kartverket", "CC BY 4.0"),
        ("boundaries-se-scb", "SCB", "CC0"),
    ]


def test_file_with_a_fault_is_told_and_nothing_is_loaded(tmp_path):
    ostfold()
    path = geojson(tmp_path, SARPSBORG, feature({"kommunenummer": "4204"}, square(8.0, 58.0)))

    told, for_program = run("load", path), run("load", path, "--json")

    assert told.exit_code == for_program.exit_code == 1
    assert told.output.splitlines() == [
        f"{path}: 1 code is no place here on {timezone.localdate()}: 4204.",
        "    Give --known-only to load the 1 place that is here.",
        f"{path}: 1 fault.",
    ]
    assert len(json.loads(for_program.output)["faults"]) == 1
    assert not Boundary.objects.exists()


def test_codes_that_are_no_place_here_can_be_passed_over(tmp_path):
    ostfold()
    path = geojson(tmp_path, SARPSBORG, feature({"kommunenummer": "4204"}, square(8.0, 58.0)))

    told = run("load", path, "--known-only")

    assert told.output == (
        "1 boundary registered, 0 changed, 0 as before. 1 code that is no place here was passed "
        "over.\n"
    )


# Kartverket ---------------------------------------------------------------------------------------
def test_boundaries_of_the_places_that_are_named_are_fetched(there):
    ostfold()
    there.tell("3105", recorded("municipality"))
    there.tell("31", recorded("county"))

    told = run("refresh", "3105", "31")

    assert told.stdout == "2 boundaries registered, 0 changed, 0 as before.\n"
    assert told.stderr == "Asking Kartverket about 31.\nAsking Kartverket about 3105.\n"


def test_without_codes_every_norwegian_municipality_and_county_is_asked_about(there):
    ostfold()

    told = run("refresh")

    # The first that the service was told nothing of, Oslo county, ends it.
    assert there.asked == ["/v1/fylker/03/omrade?utkoordsys=4258"]
    assert told.exit_code == 1
    assert told.stderr.splitlines()[1:] == [
        "Kartverket knows no place by the code 03 today, and nothing was changed.",
        "Correct the code in the region's places.yaml, or name the codes to fetch.",
    ]


def test_code_that_is_no_norwegian_place_here_is_not_asked_about(there):
    ostfold()

    told = run("refresh", "3105", "3003", "1486")

    assert (told.exit_code, there.asked) == (1, [])
    assert told.stderr.splitlines()[0] == (
        "No Norwegian municipality or county here has the code 1486, 3003 today."
    )


def test_without_a_network_the_operator_is_told_what_else_can_be_done(monkeypatch):
    ostfold()

    def nobody(_host, _port):
        raise OSError

    silent = OutgoingClient(hosts=frozenset({"ws.geonorge.no"}), deadline_s=2, resolver=nobody)
    monkeypatch.setattr(kartverket, "kartverket", lambda: Kartverket(silent))

    told = run("refresh", "3105")

    assert told.exit_code == 1
    assert told.stderr.splitlines()[1:] == [
        "Kartverket could not be reached, and nothing was changed.",
        (
            "See that this machine is on the internet and run the same command again, "
            "or load a file with samskap places load."
        ),
    ]


def test_shut_door_says_which_host_to_name(settings):
    ostfold()
    settings.OUTGOING_HOSTS = []

    told = run("refresh", "3105")

    assert told.stderr.splitlines()[1:] == [
        "This installation may not ask Kartverket, and nothing was changed.",
        "Name ws.geonorge.no in SAMSKAP_OUTGOING_HOSTS.",
    ]


# The list -----------------------------------------------------------------------------------------
def test_list_says_who_drew_each_boundary(tmp_path):
    ostfold()
    run("load", geojson(tmp_path, SARPSBORG))

    listed = json.loads(run("list", "--level", "municipality", "--json").output)

    sarpsborg = next(each for each in listed if each["key"] == "3105")
    # A tenth of a degree at 59.25 north, on the ellipsoid: 11.140 km by 5.706 km.
    assert sarpsborg == {
        "key": "3105",
        "name": "Sarpsborg",
        "level": "municipality",
        "valid_from": "2024-01-01",
        "valid_to": None,
        "boundary": "Kartverket",
        "area_km2": 63.6,
    }
    assert len(listed) == 19 + 65


def test_list_of_another_day_has_the_codes_of_that_day():
    ostfold()

    told = run("list", "--level", "county", "--on", "2021-06-01")

    assert [line.split()[0] for line in told.output.splitlines()] == [
        "03",
        "30",
        "SE-17",
        "SE-14",
        "4",
    ]


def test_level_that_there_is_none_of_is_told():
    assert run("list", "--level", "fylke").stderr.splitlines()[0] == (
        "There is no level called fylke."
    )
