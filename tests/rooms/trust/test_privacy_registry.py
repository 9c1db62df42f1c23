"""Every field of every table is said to be about people or not, and what follows from it."""

from __future__ import annotations

import pytest
from django.utils import translation

from samskap.kernel.personal import Basis, Erased, Personal, Table
from samskap.trust.privacy import records, registry
from tests.rooms.trust import processing


def with_table(monkeypatch, table):
    """Let the registry hold this table in place of the one declared for the same model."""
    changed = {**registry.tables(), table.model: table}
    monkeypatch.setattr(registry, "tables", lambda: changed)


def test_every_field_of_every_model_is_classified_and_every_declaration_has_its_field():
    assert registry.faults() == []


def test_tables_that_are_not_ours_are_classified_too():
    assert {
        "account.EmailAddress",
        "mfa.Authenticator",
        "trust.Session",
        "procrastinate.ProcrastinateJob",
        "migrations.Migration",
        "contenttypes.ContentType",
        "kernel.Cached",
    } <= set(registry.tables())


def test_a_field_that_nobody_has_classified_stops_the_build(monkeypatch):
    with_table(monkeypatch, Table("trust.Party", impersonal=("id", "key")))

    assert registry.faults() == [
        "trust.Party.is_partnership: nobody has said whether it is about people."
    ]


def test_a_declaration_without_its_field_stops_the_build(monkeypatch):
    with_table(
        monkeypatch, Table("trust.Party", impersonal=("id", "key", "is_partnership", "name"))
    )

    assert registry.faults() == ["trust.Party.name: declared, and there is no such field."]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Personal("mandates", Erased.KEPT), "kept when someone is erased, and nothing says why."),
        (Personal("mandates", Erased.DELETED), "erased, and nothing says in which rows."),
        (Personal("nothing", Erased.STRUCK), "there is no activity nothing."),
    ],
)
def test_a_personal_field_that_is_half_said_stops_the_build(monkeypatch, said, fault):
    table = Table("trust.Party", impersonal=("id", "is_partnership"), personal={"key": said})
    with_table(monkeypatch, table)

    assert f"trust.Party.key: {fault}" in registry.faults()


def test_there_are_the_six_bases_of_the_regulation_and_no_other():
    assert [basis.value for basis in Basis] == [
        "consent",
        "contract",
        "legal-obligation",
        "vital-interests",
        "public-task",
        "legitimate-interest",
    ]


def test_every_rule_of_retention_belongs_to_an_activity():
    used = {key for activity in registry.activities().values() for key in activity.rules}

    assert used == set(registry.rules())


def test_the_record_in_the_documentation_is_the_one_the_registry_makes():
    written = processing.PAGE.read_text(encoding="utf-8")

    assert written == processing.page(), "python -m tests.rooms.trust.processing writes it anew"


def test_a_field_that_is_said_otherwise_makes_the_record_in_the_documentation_old(monkeypatch):
    said = Personal("mandates", Erased.STRUCK)
    with_table(
        monkeypatch,
        Table("trust.Party", impersonal=("id", "is_partnership"), personal={"key": said}),
    )

    assert processing.PAGE.read_text(encoding="utf-8") != processing.page()
    assert "| `trust.Party` | `key` | Struck out where it stands | yes |" in processing.page()


@pytest.mark.parametrize(("said", "told"), [("1", "after 1 day."), ("90", "after 90 days.")])
def test_the_record_says_how_long_this_house_keeps_backups(monkeypatch, said, told):
    monkeypatch.setenv("SAMSKAP_BACKUP_DAYS", said)

    with translation.override("en"):
        page = records.as_markdown(records.record_of_processing())

    (line,) = [line for line in page.splitlines() if line.startswith("- Backups")]
    assert line == (
        f"- Backups are deleted {told} Until then they hold what was erased since; a restore erases"
        " it again before anyone can sign in."
    )


def test_the_record_tells_the_same_in_data_as_on_the_page():
    record = records.record_of_processing(records.Controller("Østfold", "post@example.org"))

    told = records.as_data(record)

    assert told["controller"] == {"name": "Østfold", "contact": "post@example.org"}
    assert [each["key"] for each in told["activities"]] == list(registry.activities())
    assert sum(len(each["fields"]) for each in told["activities"]) == record.number_personal
    page = records.as_markdown(record)
    assert all(f"## {each['title']}\n" in page for each in told["activities"])
