"""`samskap audit`: what a security officer runs, and what another keeps of the log."""

from __future__ import annotations

import base64
import json
import stat
from dataclasses import replace

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from samskap.cli.main import cli
from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.heads import Head
from samskap.trust.log.keys import FILE_OF_BEFORE, as_pem, fingerprint, key_file
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import AuditEntry, LogHead, Party
from tests.world import tampering
from tests.world.people import NOON
from tests.world.tampering import as_the_owner, chance_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def run(*arguments: object):
    return CliRunner().invoke(cli, ["audit", *map(str, arguments)])


def chain(length):
    for _ in range(length):
        audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)
    Sealer().seal_all()


def head_file(tmp_path, name="head.json"):
    file = tmp_path / name
    assert run("head", "--out", file).exit_code == 0
    return file


def faults(told):
    return [(one["fault"], one["sequence"]) for one in json.loads(told.output)["breaks"]]


def test_a_log_that_nobody_changed_is_whole():
    chain(4)

    told = run("verify")

    assert told.exit_code == 0
    assert told.output == (
        "Nothing waits to be sealed.\n4 sealed entries, held to 0 signed heads: the log is whole.\n"
    )


def test_what_was_changed_is_named_and_the_command_fails():
    chain(4)
    with as_the_owner():
        tampering.remove_both(3, chance_of(1))

    told = run("verify")

    assert told.exit_code == 1
    assert "BROKEN 3: it is gone, entry and seal.\n" in told.output
    assert told.output.endswith("the log is broken in 1 places.\n")


def test_what_waits_is_reported_with_its_age():
    chain(2)
    audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)

    told = json.loads(run("verify", "--json").output)

    assert told["is_whole"]
    assert told["unsealed"]["number"] == 1
    assert 0 <= told["unsealed"]["age_seconds"] < 60


def test_a_head_is_signed_kept_and_fits_the_log_it_was_made_of(tmp_path):
    chain(5)

    file = head_file(tmp_path)

    facts = json.loads(file.read_text())
    assert (facts["form"], facts["sequence"]) == ("samskap-log-head-1", 5)
    assert LogHead.objects.get().sequence == 5
    assert AuditEntry.objects.filter(verb="log.head-signed").count() == 1
    told = run("verify", "--head", file)
    assert told.exit_code == 0
    assert "5 sealed entries, held to 2 signed heads: the log is whole." in told.output


def test_another_program_can_check_the_signature_as_the_document_says(tmp_path):
    chain(3)
    facts = json.loads(head_file(tmp_path).read_text())
    key = load_pem_public_key(run("key").output.encode())

    lines = [
        "samskap-log-head-1",
        facts["site"],
        str(facts["sequence"]),
        facts["hash"],
        facts["made_at"],
    ]
    # Raises InvalidSignature when it does not fit.
    key.verify(
        base64.b64decode(facts["signature"]), "".join(f"{line}\n" for line in lines).encode()
    )
    assert base64.b64decode(facts["public_key"]) == key.public_bytes_raw()


def test_the_key_is_made_once_for_its_owner_alone():
    chain(1)

    first, again = run("key").output, run("key").output

    assert first == again
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file().parent.stat().st_mode) == 0o700


def test_a_cut_tail_is_found_by_a_head_of_before_and_by_nothing_else(tmp_path):
    chain(8)
    file = head_file(tmp_path)
    with as_the_owner():
        tampering.cut(above=6)
        tampering.sql("DELETE FROM trust_loghead")
        tampering.sql("DELETE FROM trust_auditentry WHERE verb = 'log.head-signed'")

    assert run("verify").exit_code == 0
    told = run("verify", "--json", "--head", file)

    assert told.exit_code == 1
    assert faults(told) == [("tail-cut", 7)]
    assert json.loads(told.output)["breaks"][0]["until"] == 8


def test_a_cut_tail_is_found_by_the_heads_that_are_kept_here(tmp_path):
    chain(8)
    head_file(tmp_path)
    with as_the_owner():
        tampering.cut(above=6)

    assert faults(run("verify", "--json"))[0] == ("tail-cut", 7)


def test_a_chain_that_was_made_anew_is_found_after_the_last_head_that_fits(tmp_path):
    chain(3)
    older = head_file(tmp_path, "older.json")
    chain(4)
    newer = head_file(tmp_path, "newer.json")
    with as_the_owner():
        tampering.change(6, chance_of(2))
        tampering.unseal(above=5)
    Sealer().seal_all()

    told = run("verify", "--json")

    # The first head was signed at 3 and logged as the fourth; the second was signed at 8.
    assert faults(told) == [("rewritten", 4)]
    assert json.loads(told.output)["breaks"][0]["until"] == 8
    assert faults(run("verify", "--json", "--head", newer)) == [("rewritten", 4)] * 2
    assert faults(run("verify", "--json", "--head", older)) == [("rewritten", 4)]


def test_a_head_that_was_changed_after_it_was_signed_is_refused(tmp_path):
    chain(3)
    file = head_file(tmp_path)
    file.write_text(file.read_text().replace('"sequence": 3', '"sequence": 2'))

    told = run("verify", "--head", file)

    assert told.exit_code == 1
    assert "is not signed as it says" in told.output


def test_a_head_signed_with_another_key_is_refused_unless_that_key_is_named(tmp_path):
    chain(3)
    file = head_file(tmp_path)
    old_key = tmp_path / "old-key.pem"
    old_key.write_text(run("key").output)
    key_file().unlink()

    told, named = run("verify", "--head", file), run("verify", "--head", file, "--key", old_key)

    assert told.exit_code == 1
    signed_with = fingerprint(base64.b64decode(json.loads(file.read_text())["public_key"]))
    assert f"is signed with another key than this installation's: {signed_with}." in told.output
    assert named.exit_code == 0
    assert f"2 signed heads, with the key {signed_with}.\n" in named.output


def test_a_head_that_is_not_signed_with_the_key_that_is_named_is_refused(tmp_path):
    chain(3)
    file = head_file(tmp_path)
    another = tmp_path / "another.pem"
    another.write_text(as_pem(Ed25519PrivateKey.generate().public_key().public_bytes_raw()))

    told = run("verify", "--head", file, "--key", another)

    assert told.exit_code == 1
    assert f"is signed with another key than the one in {another}: SHA256:" in told.output


def test_a_head_that_was_put_here_and_signed_with_a_key_of_their_own_is_not_believed(tmp_path):
    chain(5)
    kept = LogHead.objects.get(sequence=json.loads(head_file(tmp_path).read_text())["sequence"])
    forger = Ed25519PrivateKey.generate()
    forged = replace(Head.of(kept), public_key=forger.public_key().public_bytes_raw())
    with as_the_owner():
        tampering.sql(
            "UPDATE trust_loghead SET public_key = %s, signature = %s",
            forged.public_key,
            forger.sign(forged.signed),
        )

    told = run("verify", "--json")

    assert told.exit_code == 1
    assert faults(told) == [("unknown-key", 5)]
    assert json.loads(told.output)["keys"] == []


def test_a_key_of_before_that_was_written_down_is_known(tmp_path):
    chain(3)
    head_file(tmp_path)
    before = run("key").output
    key_file().unlink()
    assert faults(run("verify", "--json")) == [("unknown-key", 3)]

    key_file().with_name(FILE_OF_BEFORE).write_text(f"{before}{before}")

    assert run("verify").exit_code == 0


def test_to_verify_makes_no_key():
    chain(1)

    assert run("verify").exit_code == 0
    assert not key_file().exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "it is not JSON"),
        ("[]", "it does not say that its form is samskap-log-head-1"),
        ('{"form": "samskap-log-head-1"}', "its 'site' is not as it should be"),
    ],
)
def test_a_file_that_is_no_head_is_refused(tmp_path, content, why):
    file = tmp_path / "head.json"
    file.write_text(content)

    told = run("verify", "--head", file)

    assert told.exit_code == 1
    assert f"is not the head of a log: {why}" in told.output


def test_a_head_kept_here_that_was_forged_is_named(tmp_path):
    chain(3)
    head_file(tmp_path)
    with as_the_owner():
        tampering.sql("UPDATE trust_loghead SET sequence = 2")

    assert faults(run("verify", "--json")) == [("signature", 2)]


def test_there_is_no_head_of_an_empty_log():
    told = run("head")

    assert told.exit_code == 1
    assert told.output.startswith("Nothing is logged yet, so there is no head to sign.\n")
