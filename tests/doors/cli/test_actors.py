"""`samskap actors`: who is here, from the machine, and what the national register says."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from samskap.actors.models import Actor
from samskap.cli.main import cli
from samskap.connectors import enhetsregisteret
from samskap.connectors.enhetsregisteret import Register
from samskap.kernel.http import OutgoingClient
from samskap.strategy.keys import Factor
from samskap.trust.models import AuditEntry, Visibility
from tests.world.factories import ActorFactory, TieFactory
from tests.world.https_server import answer
from tests.world.region import FOLDER, ostfold, place
from tests.world.register import recorded, register_server

pytestmark = pytest.mark.django_db


def run(*arguments: object, answers: str = ""):
    return CliRunner().invoke(cli, ["actors", *map(str, arguments)], input=answers)


@pytest.fixture
def there(tmp_path, monkeypatch):
    """The register as the command finds it."""
    with register_server(tmp_path) as server:
        monkeypatch.setattr(enhetsregisteret, "the_register", lambda: server.register)
        yield server


def known(name, number, **facts):
    return ActorFactory(named=name, official_name=name, organisation_number=number, **facts)


def entity(**changes):
    return answer(json.dumps(json.loads(recorded("entity")) | changes).encode())


# The network --------------------------------------------------------------------------------------


def test_network_is_drawn_at_once_and_left_alone_when_nothing_has_changed():
    TieFactory()

    first, again = run("network", "refresh"), run("network", "refresh", "--json")

    assert first.exit_code == 0
    assert first.output.splitlines() == [
        "public: 2 actors, 1 pair tied, drawn.",
        "partners: 2 actors, 1 pair tied, drawn.",
        "all: 2 actors, 1 pair tied, drawn.",
    ]
    assert json.loads(again.output) == [
        {"scope": scope, "actors": 2, "ties": 1, "is_new": False}
        for scope in ("public", "partners", "all")
    ]


# Files --------------------------------------------------------------------------------------------


def test_clean_file_is_said_to_be_clean():
    told = run("check", FOLDER / "actors.yaml")

    assert (told.exit_code, told.output) == (0, f"{FOLDER / 'actors.yaml'}: 0 faults.\n")


def test_faults_are_told_by_line_and_for_a_program(tmp_path):
    broken = tmp_path / "actors.yaml"
    text = (FOLDER / "actors.yaml").read_text(encoding="utf-8")
    broken.write_text(text.replace('"959159092"', '"959159093"').replace("kind: bank", "kind: bnk"))

    told, for_program = run("check", broken), run("check", broken, "--json")

    lines = [number for number, line in enumerate(text.splitlines(), 1) if "kind: bank" in line]
    assert told.exit_code == for_program.exit_code == 1
    assert [fault["line"] for fault in json.loads(for_program.output)] == lines
    assert told.output.splitlines()[-1] == f"{broken}: 1 fault."


def test_actors_are_loaded_once_and_listed():
    ostfold()

    first = run("load", FOLDER / "actors.yaml")
    second = run("load", FOLDER / "actors.yaml", "--json")
    listed = json.loads(run("list", "--json").output)

    assert first.output == "26 actors registered, 0 changed, 0 as before.\n"
    assert json.loads(second.output) == {"created": 0, "changed": 0, "unchanged": 26}
    assert len(listed) == 26
    assert listed[1] == {
        "key": "borregaard",
        "name": "Borregaard ASA",
        "kind": "company",
        "organisation_number": "998753562",
        "factors": ["business"],
        "place": "3105",
        "is_demo": False,
    }
    assert {entry.door for entry in AuditEntry.objects.filter(verb="actor.registered")} == {"cli"}


def test_invented_actors_are_refused_where_there_is_no_demonstration(settings):
    ostfold()
    settings.DEMO = False

    told = run("load", FOLDER / "demo" / "actors.yaml")

    assert told.exit_code == 1
    assert "this is not a demonstration" in told.output
    assert Actor.objects.count() == 0


# The register -------------------------------------------------------------------------------------


def test_actor_whose_name_is_the_registers_is_well(there):
    known("Eksempel Næringsforening", "313001202")
    there.says["/api/enheter/313001202"] = entity()

    told = run("verify")

    assert (told.exit_code, told.output.splitlines()) == (
        0,
        ["ok     313001202 Eksempel Næringsforening", "1 actor held up to the register."],
    )


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"navn": "EKSEMPEL NÆRINGSFORUM"}, "the register says “EKSEMPEL NÆRINGSFORUM”"),
        ({"konkurs": True}, "bankrupt"),
        ({"underAvvikling": True}, "winding up"),
        ({"slettedato": "2026-01-31"}, "deleted on 2026-01-31"),
    ],
)
def test_what_differs_is_told_and_nothing_is_changed(there, changes, verdict):
    actor = known("Eksempel Næringsforening", "313001202")
    there.says["/api/enheter/313001202"] = entity(**changes)

    told, for_program = run("verify", "313001202"), run("verify", "--json")

    assert told.exit_code == for_program.exit_code == 1
    assert told.output.splitlines()[0] == f"WRONG  313001202 Eksempel Næringsforening: {verdict}"
    assert [each["verdict"] for each in json.loads(for_program.output)] == [verdict]
    actor.refresh_from_db()
    assert actor.official_name == "Eksempel Næringsforening"
    assert AuditEntry.objects.count() == 0


def test_number_that_the_register_does_not_know_is_told(there):
    known("Borte AS", "313001202")

    told = run("verify")

    assert told.exit_code == 1
    assert "the register knows nobody with this number" in told.output
    assert there.asked == ["/api/enheter/313001202", "/api/underenheter/313001202"]


def test_invented_swedish_and_numberless_actors_are_not_asked_about(there):
    known("Eksempel", "313001202", is_demo=True)
    known("Årjäng Träförädling AB", "5560160680", country="SE")
    known("Nettverket", "")

    told = run("verify")

    assert (told.exit_code, told.output) == (0, "0 actors held up to the register.\n")
    assert there.asked == []


def test_number_of_nobody_here_is_refused_before_anything_is_asked(there):
    told = run("verify", "313001202")

    assert told.exit_code == 1
    assert told.output.startswith("No real actor here has the number 313001202.")
    assert there.asked == []


def test_without_network_there_is_one_sentence_and_nothing_is_changed(monkeypatch):
    known("Eksempel Næringsforening", "313001202")

    def no_name(_host, _port):
        raise OSError

    cut_off = Register(OutgoingClient(hosts=frozenset({"data.brreg.no"}), resolver=no_name))
    monkeypatch.setattr(enhetsregisteret, "the_register", lambda: cut_off)

    for told in (run("verify"), run("verify", "--add", "313001202")):
        assert told.exit_code == 1
        assert told.output.splitlines() == [
            "The register could not be reached, and nothing was changed.",
            "See that this machine is on the internet, and run the same command again.",
        ]
    assert AuditEntry.objects.count() == 0


def test_installation_that_may_not_ask_the_register_is_told_how_it_may(settings):
    known("Eksempel Næringsforening", "313001202")
    settings.OUTGOING_HOSTS = []

    told = run("verify")

    assert told.exit_code == 1
    assert told.output.splitlines()[1] == "Name data.brreg.no in SAMSKAP_OUTGOING_HOSTS."


def test_actor_is_registered_on_the_registers_word(there):
    ostfold()
    there.says["/api/enheter/313001202"] = entity()

    told = run(
        "verify",
        *("--add", "313001202"),
        *("--kind", "business-association"),
        *("--factor", "business"),
        *("--reason", "Samler bedriftene i fylket."),
        *("--name", "Eksempel Næringsforening"),
        "--yes",
    )

    actor = Actor.objects.get()
    assert (told.exit_code, told.output.splitlines()) == (
        0,
        [
            "313001202 EKSEMPEL NÆRINGSFORENING (FLI), municipality 3105",
            "Registered as eksempel-naeringsforening.",
        ],
    )
    assert (str(actor.name), actor.official_name, actor.visibility) == (
        "Eksempel Næringsforening",
        "EKSEMPEL NÆRINGSFORENING",
        Visibility.PUBLIC,
    )
    assert (actor.place, actor.source.licence) == (place("3105"), "NLOD 2.0")
    assert [(row.factor, str(row.reason)) for row in actor.factors.all()] == [
        (Factor.BUSINESS, "Samler bedriftene i fylket.")
    ]


def test_what_is_not_said_is_asked_and_no_means_no(there):
    ostfold()
    there.says["/api/enheter/313001202"] = entity()

    told = run("verify", "--add", "313001202", answers="bank\ncapital\nLåner ut.\nn\n")

    assert told.exit_code == 1
    assert "Register it as a known actor?" in told.output
    assert Actor.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"slettedato": "2026-01-31"}, "", "is deleted, bankrupt or winding up."),
        ({}, "Noe Helt Annet", "is not the name in the register"),
        (
            {"forretningsadresse": {"landkode": "NO", "kommunenummer": "5001"}},
            "",
            "Its municipality, 5001, is not among the places here.",
        ),
        ({"forretningsadresse": {"landkode": "DK"}}, "", "Its municipality, unknown, is not among"),
    ],
)
def test_what_cannot_be_registered_is_said_and_nothing_is_changed(there, changes, name, sentence):
    ostfold()
    trail = AuditEntry.objects.count()
    there.says["/api/enheter/313001202"] = entity(**changes)

    told = run(
        "verify",
        *("--add", "313001202", "--kind", "company", "--factor", "business"),
        *("--reason", "Fordi.", "--name", name, "--yes"),
    )

    assert told.exit_code == 1
    assert sentence in told.output
    assert (Actor.objects.count(), AuditEntry.objects.count()) == (0, trail)


def test_number_that_is_known_already_is_not_registered_again(there):
    ostfold()
    known("Eksempel Næringsforening", "313001202")
    there.says["/api/enheter/313001202"] = entity()

    told = run(
        "verify",
        *("--add", "313001202", "--kind", "company", "--factor", "business"),
        *("--reason", "Fordi.", "--yes"),
    )

    assert told.exit_code == 1
    assert Actor.objects.count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "313001202", "--add", "313001202"),
        ("verify", "--add", "313001202", "--kind", "firm"),
        ("check", "nowhere.yaml"),
        ("sing",),
    ],
)
def test_command_that_cannot_be_is_misuse(there, arguments):
    there.says["/api/enheter/313001202"] = entity()

    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", [(), ("check",), ("load",), ("list",), ("verify",)])
def test_help_shows_an_example(command):
    told = run(*command, "--help")

    assert told.exit_code == 0
    assert "Example" in told.output
