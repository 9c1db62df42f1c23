"""The audit trail, as the database itself keeps it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, connection, transaction

from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Party

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_entry_tells_what_was_done_about_what_by_whom_and_when():
    party = Party.objects.create()

    entry = audit.record("party.made", about=party, by=OPERATOR, at=NOON)

    assert (entry.verb, entry.about_kind, entry.about_key, entry.by, entry.at) == (
        "party.made",
        "trust.party",
        str(party.key),
        None,
        NOON,
    )
    assert audit.history_of(party) == [entry]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trust_auditentry SET verb = 'party.forged'",
        "DELETE FROM trust_auditentry",
        "TRUNCATE trust_auditentry",
    ],
)
def test_the_application_cannot_change_or_remove_an_entry(statement):
    audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert [entry.verb for entry in AuditEntry.objects.all()] == ["party.made"]


def test_even_the_owner_cannot_change_an_entry():
    audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE trust_auditentry SET verb = 'party.forged'")
