"""`samskap actors import`: files of organisations, from the machine."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from samskap.actors.models import Actor, ImportRun
from samskap.cli.main import cli
from samskap.trust.models import AuditEntry
from tests.world.region import FOLDER, ostfold

pytestmark = pytest.mark.django_db

# The public samples, where they are at hand; tests/connectors has a small twin that always runs.
PUBLIC = Path(os.environ.get("SAMSKAP_PUBLIC_DATA", "nowhere"))
# Created and rejected: 4 + 3 + 2 + 1 + 1 + 5 = 16, and six whose check digit is wrong, one of which
# (112233445) stands in two files.
ENTITY_FILES = {
    "bulk-enheter-2024-sample.csv": (4, 0),
    "bulk-underenheter-2024-sample.csv": (3, 0),
    "pybrreg-enheter-details-deleted-response.json": (0, 1),
    "pybrreg-enheter-details-response.json": (0, 1),
    "pybrreg-enheter-search-empty-response.json": (0, 0),
    "pybrreg-enheter-search-page1-response.json": (2, 0),
    "pybrreg-enheter-search-page2-response.json": (1, 0),
    "pybrreg-enheter-search-response.json": (0, 1),
    "pybrreg-underenheter-details-deleted-response.json": (0, 1),
    "pybrreg-underenheter-details-response.json": (0, 1),
    "pybrreg-underenheter-search-empty-response.json": (0, 0),
    "pybrreg-underenheter-search-response.json": (0, 1),
    "tidybrreg-enhet-923609016.json": (1, 0),
    "tidybrreg-enheter-search-asa-size5.json": (5, 0),
}
OTHER_FILES = {
    "brreg-openapi-enhetsregisteret-2023.yml": "This is a description of an interface (OpenAPI)",
    "bulk-enheter-csv-header-2026.txt": "This is a list of the names of columns",
    "fields-observed-2026-06.tsv": "This is a table with the columns endpoint, path, type",
    "oppdateringer-enheter-includeChanges.json": "This is a list of changes in Enhetsregisteret",
    "pybrreg-enheter-roller-enhet-response.json": "These are the roles in an organisation",
    "pybrreg-enheter-roller-person-response.json": "These are the roles in an organisation",
    "regnskap-923609016-2022-trimmed.json": "These are annual accounts from Regnskapsregisteret",
}
SAMPLES = sorted((PUBLIC / "samples" / "brreg").glob("*"))
VERIFIED = [path for path in [PUBLIC / "actors-ostfold-verified.csv"] if path.exists()]


def run(*arguments: object):
    return CliRunner().invoke(cli, ["actors", "import", *map(str, arguments)])


def counts(*arguments: object) -> dict[str, int]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output.splitlines()[-1])


def counted(created=0, updated=0, unchanged=0, rejected=0):
    return {
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "rejected": rejected,
    }


@pytest.fixture(autouse=True)
def _in_english():
    """The command line speaks English, whoever reads."""
    with translation.override("en"):
        yield


LIST = (
    "orgnr;navn;kommune\n"
    "313000001;Glåmøy Træsliperi AS;Sarpsborg\n"
    "313000002;Ærlig Øl SA;Halden\n"
    ";Fredheim velforening;3107\n"
)


@pytest.fixture
def listed(tmp_path, settings):
    """A list of three, one with a wrong check digit, in a demonstration of the region."""
    settings.DEMO = True
    ostfold()
    path = tmp_path / "medlemmer.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_list_comes_in_and_the_second_time_changes_nothing(listed):
    first, second = counts(listed), counts(listed)

    assert first == counted(created=2, rejected=1)
    assert second == counted(unchanged=2, rejected=1)
    assert [
        (actor.organisation_number, str(actor.name), actor.place.code, actor.visibility)
        for actor in Actor.objects.order_by("id")
    ] == [
        ("313000001", "Glåmøy Træsliperi AS", "3105", "secretariat"),
        ("", "Fredheim velforening", "3107", "secretariat"),
    ]


def test_each_rejected_row_is_a_line_with_its_reason_and_the_last_line_counts(listed):
    done = run(listed, "--json")

    assert [json.loads(line) for line in done.output.splitlines()] == [
        {
            "line": 3,
            "reasons": [
                "The check digit of 313000002 is wrong. Look the number up in the register."
            ],
            "values": {"orgnr": "313000002", "navn": "Ærlig Øl SA", "kommune": "Halden"},
        },
        counted(created=2, rejected=1),
    ]


def test_people_are_told_in_words(listed):
    done = run(listed)

    assert done.output.splitlines() == [
        "line 3: The check digit of 313000002 is wrong. Look the number up in the register.",
        "2 actors created, 0 updated, 0 unchanged, 1 rejected.",
    ]


def test_dry_run_says_what_would_happen_and_changes_nothing(listed):
    done = run(listed, "--dry-run")

    assert done.output.splitlines()[-1] == (
        "Would be: 2 actors created, 0 updated, 0 unchanged, 1 rejected."
    )
    assert (Actor.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_file_and_its_hash_are_in_the_trail_and_each_actor_has_an_entry(listed):
    run(listed)

    applied = AuditEntry.objects.get(verb="import.applied")
    assert applied.changes["file_sha256"] == [
        None,
        hashlib.sha256(LIST.encode()).hexdigest(),
    ]
    assert applied.changes["counts"] == [None, counted(created=2, rejected=1)]
    assert AuditEntry.objects.filter(verb="actor.registered").count() == 2


def test_columns_that_names_do_not_tell_are_named_and_remembered(listed):
    listed.write_text("kode;hvem;hvor\n313000001;Slipa AS;Moss\n")

    unnamed = run(listed)
    named = counts(
        listed,
        "--mapping",
        "name=hvem",
        "--mapping",
        "place=hvor",
        "--mapping",
        "organisation_number=kode",
    )
    remembered = counts(listed)

    assert unnamed.exit_code == 1
    assert "the columns kode, hvem, hvor, and none of them is called a name" in unnamed.output
    assert named == counted(created=1)
    assert remembered == counted(unchanged=1)


def test_new_actors_are_seen_by_whom_the_command_says(listed):
    counts(listed, "--visible-to", "partners")

    assert set(Actor.objects.values_list("visibility", flat=True)) == {"partners"}


def test_refused_file_leaves_nothing_behind(listed):
    listed.write_bytes(b"%PDF-1.7")

    done = run(listed)

    assert done.exit_code == 1
    assert "This is a PDF: it shows a table, but holds none." in done.output
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--mapping", "hue=navn"], "“hue=navn” is not FIELD=COLUMN"),
        (["--mapping", "name=Finnes ikke"], "The table has no column “Finnes ikke”"),
        (["--source", "ukjent"], "There is no source “ukjent”."),
        (["--on", "i dag"], "'i dag' does not match the format '%Y-%m-%d'"),
    ],
)
def test_misuse_is_told_and_nothing_comes_in(listed, options, says):
    done = run(listed, *options)

    assert done.exit_code != 0
    assert says in done.output
    assert Actor.objects.count() == 0


if SAMPLES:

    def test_every_public_sample_is_brought_in_or_refused_with_what_it_is():
        ostfold()
        created = rejected = 0
        for path in SAMPLES:
            if path.name in ENTITY_FILES:
                new, wrong = ENTITY_FILES[path.name]
                assert counts(path) == counted(created=new, rejected=wrong), path.name
                created, rejected = created + new, rejected + wrong
            else:
                refused = run(path)
                assert refused.exit_code == 1
                assert OTHER_FILES[path.name] in refused.output

        assert (created, rejected) == (16, 6)
        assert Actor.objects.count() == 16
        assert {path.name for path in SAMPLES} == ENTITY_FILES.keys() | OTHER_FILES.keys()


if VERIFIED:

    def test_verified_file_creates_twenty_six_and_then_changes_nothing():
        ostfold()

        assert counts(VERIFIED[0]) == counted(created=26)
        assert counts(VERIFIED[0]) == counted(unchanged=26)

    def test_verified_file_is_recognised_where_the_region_is_loaded_already():
        ostfold()
        CliRunner().invoke(cli, ["actors", "load", str(FOLDER / "actors.yaml")])
        before = {actor.slug: str(actor.name) for actor in Actor.objects.order_by("id")}

        said = counts(VERIFIED[0])

        assert (said["created"], said["rejected"]) == (0, 0)
        assert said["updated"] + said["unchanged"] == 26
        assert {actor.slug: str(actor.name) for actor in Actor.objects.order_by("id")} == before
        assert counts(VERIFIED[0]) == counted(unchanged=26)
