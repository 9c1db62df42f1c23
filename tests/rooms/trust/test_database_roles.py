"""What the application's role in the database may do, asked of PostgreSQL itself."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def ask(statement, given=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [row[0] for row in cursor.fetchall()]


def our_tables():
    return ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")


def tables_where(privilege):
    role = settings.DATABASE_APP_ROLE
    return {
        table
        for table in our_tables()
        if ask("SELECT has_table_privilege(%s, %s, %s)", (role, f'"{table}"', privilege)) == [True]
    }


def test_the_tests_work_as_the_application():
    assert ask("SELECT current_user") == [settings.DATABASE_APP_ROLE]


def test_the_application_owns_nothing():
    owned = ask(
        "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s",
        (settings.DATABASE_APP_ROLE,),
    )

    assert owned == []


def test_the_application_truncates_nothing():
    assert tables_where("TRUNCATE") == set()


def test_the_application_reads_and_adds_rows_everywhere_but_in_the_list_of_migrations():
    everything = set(our_tables())

    assert tables_where("SELECT") == everything
    assert tables_where("INSERT") == everything - {"django_migrations"}


def test_the_application_changes_and_removes_rows_of_all_but_the_trail():
    trail = {"trust_auditentry", "trust_auditseal", "trust_loghead", "trust_erasure"}
    expected = set(our_tables()) - {"django_migrations", *trail}

    assert tables_where("UPDATE") == expected
    assert tables_where("DELETE") == expected


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE trust_auditentry DISABLE TRIGGER ALL",
        "DROP TABLE trust_auditentry",
        "UPDATE django_migrations SET name = name",
    ],
)
def test_the_application_cannot_give_itself_more(statement):
    refused = "permission denied|must be owner"

    with (
        pytest.raises(ProgrammingError, match=refused),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
