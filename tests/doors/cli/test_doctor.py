"""`samskap doctor`: each fault that is planted is found, with what to do about it."""

from __future__ import annotations

import json
import os
import socket
import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from samskap.cli import findings
from samskap.cli.database_findings import findings_of_the_database
from samskap.cli.installation import Installation, Memory
from tests.drills.installation import begun_installation, samskap
from tests.runtime.world import PROJECT, folders_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.cli.findings import Finding
    from samskap.cli.installation import Addresses

# A real installation, started as an operator would: too slow for the daily gate.
pytestmark = pytest.mark.drill


def diagnosis(installation: Installation) -> dict[str, dict[str, Any]]:
    told = json.loads(samskap(installation.folders.data, "doctor", "--json").stdout)
    return {finding["name"]: finding for finding in told["findings"]}


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """Give an empty installation of Østfold whose database runs."""
    with begun_installation() as made:
        yield made


@pytest.fixture
def addresses(installation: Installation) -> Addresses:
    return installation.embedded_addresses()


@pytest.fixture
def owner(addresses: Addresses) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        yield connection


def found(name: str, all_found: Iterator[Finding]) -> Finding:
    return next(finding for finding in all_found if finding.name == name)


# Nothing wrong ------------------------------------------------------------------------------------


@pytest.mark.database
def test_doctor_finds_nothing_wrong_with_a_new_installation(installation):
    told = samskap(installation.folders.data, "doctor")

    wrong = [line for line in told.stdout.splitlines() if line.startswith("WRONG")]
    assert wrong == []
    assert told.returncode == 0


def test_running_database_is_found_from_a_shell_with_another_runtime_folder(installation, tmp_path):
    told = samskap(installation.folders.data, "doctor", "--json", XDG_RUNTIME_DIR=str(tmp_path))

    assert json.loads(told.stdout)["is_well"]


# The database -------------------------------------------------------------------------------------


@pytest.mark.database
def test_application_that_may_truncate_is_found(owner, addresses):
    owner.execute("GRANT TRUNCATE ON trust_person TO samskap_app")
    try:
        finding = found("roles", findings_of_the_database(addresses))
    finally:
        owner.execute("REVOKE TRUNCATE ON trust_person FROM samskap_app")

    assert (finding.state, finding.sentence) == (
        "failed",
        "The role samskap_app may truncate trust_person.",
    )


@pytest.mark.database
def test_application_that_may_rewrite_the_audit_log_is_found(owner, addresses):
    owner.execute("GRANT UPDATE ON trust_auditentry TO samskap_app")
    try:
        finding = found("roles", findings_of_the_database(addresses))
    finally:
        owner.execute("REVOKE UPDATE ON trust_auditentry FROM samskap_app")

    assert (finding.state, finding.sentence) == (
        "failed",
        "The role samskap_app may change trust_auditentry.",
    )


@pytest.mark.database
def test_application_that_owns_a_table_is_found(owner, addresses):
    owner.execute("CREATE TABLE stray (id int)")
    owner.execute("GRANT CREATE ON SCHEMA public TO samskap_app")
    owner.execute("ALTER TABLE stray OWNER TO samskap_app")
    owner.execute("REVOKE CREATE ON SCHEMA public FROM samskap_app")
    try:
        finding = found("roles", findings_of_the_database(addresses))
    finally:
        owner.execute("DROP TABLE stray")

    assert (finding.state, finding.sentence) == (
        "failed",
        "The role samskap_app owns stray, may truncate stray.",
    )


@pytest.mark.database
def test_application_without_a_right_it_needs_is_found(owner, addresses):
    owner.execute("REVOKE INSERT ON trust_auditentry FROM samskap_app")
    try:
        finding = found("roles", findings_of_the_database(addresses))
    finally:
        owner.execute("GRANT INSERT ON trust_auditentry TO samskap_app")

    assert (finding.state, finding.sentence, finding.remedy) == (
        "failed",
        "The role samskap_app may not add to trust_auditentry.",
        "Run samskap migrate: it gives the role its rights.",
    )


@pytest.mark.database
def test_one_role_for_everything_is_found(addresses):
    alone = type(addresses)(owner=addresses.owner, app=addresses.owner)

    finding = found("roles", findings_of_the_database(alone))

    assert (finding.state, finding.sentence) == (
        "failed",
        "One role, samskap_owner, both owns the tables and works with them.",
    )


@pytest.mark.database
def test_database_in_which_norwegian_letters_are_no_letters_is_found(owner, addresses):
    owner.execute(
        "CREATE DATABASE unlettered TEMPLATE template0 ENCODING UTF8"
        " LOCALE_PROVIDER libc LOCALE 'C'"
    )
    url = f"{addresses.owner.rpartition('/')[0]}/unlettered"
    elsewhere = type(addresses)(owner=url, app=url)
    try:
        finding = found("locale", findings_of_the_database(elsewhere))
    finally:
        owner.execute("DROP DATABASE unlettered")

    assert finding.state == "failed"
    assert finding.sentence.startswith("In this database æ, ø and å are no letters")


def test_database_that_does_not_answer_is_found_without_its_password():
    nowhere = "postgresql://someone:hemmelig@127.0.0.1:1/nothing"
    nobody = type("Addresses", (), {"owner": nowhere, "app": nowhere})()

    finding = found("database", findings_of_the_database(nobody))

    assert finding.state == "failed"
    assert "hemmelig" not in f"{finding.sentence} {finding.remedy}"


# What is in it ------------------------------------------------------------------------------------


@pytest.mark.database
def test_missing_migration_is_found(installation, owner):
    row = owner.execute(
        "DELETE FROM django_migrations WHERE app = 'trust' AND name LIKE '0002%'"
        " RETURNING app, name, applied"
    ).fetchone()
    try:
        finding = diagnosis(installation)["migrations"]
    finally:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row)

    assert (finding["state"], finding["remedy"]) == ("failed", "Run samskap migrate.")


@pytest.mark.database
def test_invented_person_outside_a_demonstration_is_found_by_doctor_and_by_the_deploy_check(
    installation, owner
):
    owner.execute(
        "INSERT INTO trust_person (key, name, language, is_demo)"
        " VALUES (gen_random_uuid(), 'Signe Eksempel', 'nb', true)"
    )
    try:
        finding = diagnosis(installation)["demonstration"]
        checked = samskap(
            installation.folders.data, "manage", "check", "--deploy", "--tag", "security"
        )
        installation.remember(Memory(demo=True))
        as_demonstration = diagnosis(installation)["demonstration"]
    finally:
        installation.remember(Memory())
        owner.execute("DELETE FROM trust_person WHERE is_demo")

    assert (finding["state"], finding["sentence"]) == (
        "failed",
        "There is demonstration data here (1 trust.Person), and this is not a demonstration.",
    )
    assert "--demo" in finding["remedy"]
    assert checked.returncode == 1
    assert "samskap.E001" in checked.stderr
    assert as_demonstration["state"] == "ok"


# The machine --------------------------------------------------------------------------------------


def test_secrets_that_others_may_read_are_found(installation):
    secret = installation.folders.secrets / "secret-key"
    assert findings.secret_files(installation).state == "ok"

    secret.chmod(0o644)
    try:
        finding = findings.secret_files(installation)
    finally:
        secret.chmod(0o600)

    assert (finding.state, finding.sentence) == (
        "failed",
        f"Others than their owner may read {secret}.",
    )


def test_data_folder_that_others_may_write_in_is_found(installation):
    data = installation.folders.data

    data.chmod(0o777)
    try:
        finding = findings.data_folder(installation)
    finally:
        data.chmod(0o755)

    assert (finding.state, finding.remedy) == ("failed", f"Close it: chmod go-w {data}")


def test_data_folder_that_is_not_there_is_found(tmp_path):
    finding = findings.data_folder(Installation(folders_at(tmp_path / "none")))

    assert (finding.state, finding.sentence) == (
        "failed",
        f"{tmp_path / 'none'} is not there yet.",
    )


def test_clock_that_went_backwards_is_found(installation):
    installation.remember(Memory(port=8000))
    memory = installation.folders.data / "installation.json"
    tomorrow = time.time() + 24 * 3600

    os.utime(memory, (tomorrow, tomorrow))
    try:
        finding = findings.clock(installation)
    finally:
        memory.unlink()

    assert finding.state == "failed"
    assert finding.sentence.startswith("The clock is 86")


def test_port_of_a_stranger_is_found(installation):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        installation.remember(Memory(port=port))

        finding = findings.port(installation)

    assert (finding.state, finding.sentence) == (
        "failed",
        f"Port {port} is already in use by another program.",
    )


def test_disk_that_is_nearly_full_is_found(installation, monkeypatch):
    monkeypatch.setattr(findings, "free_bytes", lambda _: 150 * 1024 * 1024)

    finding = findings.disk(installation)

    assert (finding.state, finding.sentence) == (
        "failed",
        f"Only 150 MB are free on the disk that holds {installation.folders.data}.",
    )


def test_texts_that_are_not_compiled_are_found(tmp_path, monkeypatch):
    source = tmp_path / "locale" / "nb" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    monkeypatch.setattr(findings, "_PACKAGE", tmp_path)

    finding = findings.catalogues()

    assert (finding.state, finding.sentence, finding.remedy) == (
        "failed",
        "The texts in nb are not compiled.",
        "Run make setup.",
    )


def test_assets_that_are_not_built_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(findings, "_PACKAGE", tmp_path)

    assert findings.assets().state == "failed"


@pytest.mark.database
def test_a_sign_in_service_with_a_word_that_is_no_role_is_found_before_anyone_signs_in(
    installation,
):
    service = {
        "profile": "entra",
        "issuer": "https://login.example.org/tenant/v2.0",
        "client_id": "0f5b",
        "client_secret": "hemmelig",
        "groups": [{"group": "5f0d", "role": "sekretariat"}],
    }

    told = samskap(
        installation.folders.data,
        "doctor",
        "--json",
        SAMSKAP_SIGN_IN_SERVICES=json.dumps([service]),
    )

    wrong = [one for one in json.loads(told.stdout)["findings"] if one["state"] == "failed"]
    assert [one["name"] for one in wrong] == ["settings"]
    assert wrong[0]["sentence"].startswith("entra: no role is called sekretariat. ")


# Ours alone ---------------------------------------------------------------------------------------


@pytest.mark.database
def test_installation_of_another_region_is_left_as_it_is(installation, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    here = PROJECT / "regions" / "ostfold"
    for path in here.glob("*.yaml"):
        (other / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = (other / "region.yaml").read_text(encoding="utf-8")
    (other / "region.yaml").write_text(text.replace("key: ostfold", "key: another", 1), "utf-8")

    told = samskap(installation.folders.data, "init", str(other))

    assert told.returncode == 1
    assert "one serves one partnership" in told.stderr
