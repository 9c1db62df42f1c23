"""The chain: every entry once, in the order it could be seen, each held to the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct

import pytest
from django.db import ProgrammingError, connection, transaction

from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.log.verifying import verify
from samskap.trust.log.waiting import waiting
from samskap.trust.models import AuditEntry, AuditSeal, Party
from tests.world.people import NOON, someone

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def entries(number, **facts):
    party = Party.objects.create()
    return [
        audit.record("party.made", about=party, by=OPERATOR, at=NOON, **facts)
        for _ in range(number)
    ]


def sealed_entries():
    return list(AuditSeal.objects.order_by("sequence").values_list("sequence", "entry_id"))


def written(*fields: str | None):
    """Write fields out as docs/reference/audit-log.md says, by hand."""
    return b"".join(
        b"\xff\xff\xff\xff"
        if text is None
        else struct.pack(">I", len(text.encode())) + text.encode()
        for text in fields
    )


def test_what_was_written_is_sealed_in_order_from_one_without_holes():
    first, second, third = entries(3)

    sealed = Sealer().seal()

    assert sealed == 3
    assert sealed_entries() == [(1, first.pk), (2, second.pk), (3, third.pk)]
    assert verify().is_whole


def test_the_chain_goes_on_where_it_ended_whoever_seals():
    first, second = entries(2)
    Sealer().seal()
    (third,) = entries(1)

    Sealer().seal()

    assert sealed_entries() == [(1, first.pk), (2, second.pk), (3, third.pk)]
    assert verify().checked == 3


def test_more_than_are_taken_at_a_time_are_sealed_all_the_same():
    made = entries(7)
    sealer = Sealer()

    rounds = [sealer.seal(at_most=3) for _ in range(4)]

    assert rounds == [3, 3, 1, 0]
    assert sealed_entries() == [(n, entry.pk) for n, entry in enumerate(made, 1)]
    assert verify().is_whole


def test_another_program_can_compute_a_hash_from_what_the_document_says():
    someone_acts = someone("secretariat")
    Sealer().seal_all()
    before = AuditSeal.objects.order_by("-sequence")[0]
    party = Party.objects.create()
    entry = audit.record(
        "party.made",
        about=party,
        by=someone_acts,
        on_behalf_of=party,
        at=dt.datetime(2026, 11, 24, 12, 30, 15, 120000, tzinfo=dt.UTC),
        changes={"navn": [None, "Ærlig & Øst"], "a": []},
        reason="fordi «æøå»",
    )
    Sealer().seal()
    entry = AuditEntry.objects.select_related("seal").get(pk=entry.pk)

    def moment(at):
        text = at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f").rstrip("0").rstrip(".")
        return f"{text}+00"

    fields = written(
        str(before.sequence + 1),
        str(entry.seal.settled),
        moment(entry.seal.sealed_at),
        str(entry.pk),
        "party.made",
        "trust.party",
        str(party.key),
        str(someone_acts.pseudonym),
        str(party.pk),
        "2026-11-24 12:30:15.12+00",
        moment(entry.recorded_at),
        "unknown",
        '{"a": [], "navn": [null, "Ærlig & Øst"]}',
        "fordi «æøå»",
    )
    expected = hashlib.sha256(bytes(before.hash) + fields).digest()

    assert bytes(entry.seal.hash) == expected


def test_the_first_follows_on_the_name_of_the_form():
    (entry,) = entries(1)
    Sealer().seal()
    seal = AuditSeal.objects.get()

    fields = written(
        "1",
        str(seal.settled),
        seal.sealed_at.strftime("%Y-%m-%d %H:%M:%S.%f").rstrip("0") + "+00",
        *(str(entry.pk), "party.made", "trust.party", entry.about_key, None, None),
        "2026-11-24 12:00:00+00",
        AuditEntry.objects.get().recorded_at.strftime("%Y-%m-%d %H:%M:%S.%f").rstrip("0") + "+00",
        *("unknown", "{}", ""),
    )
    beginning = hashlib.sha256(b"samskap-log-1").digest()
    assert bytes(seal.hash) == hashlib.sha256(beginning + fields).digest()


def test_what_is_not_sealed_yet_is_counted_with_its_age():
    entries(2)
    Sealer().seal()
    entries(3)

    tail = waiting()

    assert tail.number == 3
    assert dt.timedelta(0) <= tail.age < dt.timedelta(minutes=1)
    assert not tail.is_too_long
    assert verify().waiting.number == 3
    assert verify().is_whole


def test_an_empty_log_is_whole():
    assert Sealer().seal() == 0
    assert (verify().checked, verify().is_whole) == (0, True)


@pytest.mark.parametrize("table", ["trust_auditseal", "trust_loghead", "trust_auditentry"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_can_only_add(table, statement):
    if table == "trust_auditseal":
        statement = statement.replace("id = id", "settled = 0")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("table", ["trust_auditseal", "trust_loghead", "trust_auditentry"])
def test_not_even_the_owner_empties_a_table_by_accident(table):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_never_emptied")
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table}")


@pytest.mark.parametrize(
    "change", ["UPDATE trust_auditseal SET settled = 0", "DELETE FROM trust_auditseal"]
)
def test_not_even_the_owner_changes_a_seal_by_accident(change):
    entries(1)
    Sealer().seal()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
