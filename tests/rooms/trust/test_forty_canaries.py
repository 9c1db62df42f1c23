"""A person of whom forty things are held is told all forty; erased, she is nowhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg import sql

from samskap.actors.actions import decline_suggestion
from samskap.actors.models import Actor, Contact, ContactEntry, ImportRun, Suggestion
from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.log import sealing, verifying
from samskap.trust.models import AuditEntry, Session
from samskap.trust.privacy import exports
from samskap.trust.privacy.subjects import verified_subject_of
from tests.world.canaries import EMAIL, NAME, PHONE, TRACES, leave_traces, plant, told
from tests.world.disguises import found_in
from tests.world.people import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": kept}


def copied():
    """Every table as COPY writes it: what a full dump of the data holds."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            into = io.BytesIO()
            statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
            with cursor.copy(statement) as copy:
                for block in copy:
                    into.write(block)
            found[table] = into.getvalue()
    return found


def on_disk():
    return {
        str(path.relative_to(settings.DATA)): path.read_bytes()
        for path in sorted(Path(settings.DATA).rglob("*"))
        if path.is_file()
    }


def traces(texts):
    return [(where, trace) for where, held in texts.items() for trace in found_in(held, TRACES)]


def erase(person, capture):
    with capture(execute=True):
        actions.erase_person(person=person, by=OPERATOR, at=timezone.now())


def test_she_is_told_all_forty_things_that_are_held_about_her():
    person, canaries = plant()

    data = exports.data_about(verified_subject_of(person), at=NOON)

    assert len(canaries) == 40
    assert [canary for canary in canaries if not told(canary, data)] == []


def test_erased_she_is_in_no_table_file_queue_cache_or_log(django_capture_on_commit_callbacks):
    person, _ = plant()
    leave_traces(person)
    before = {where for where, _ in traces(copied() | on_disk())}

    erase(person, django_capture_on_commit_callbacks)

    assert {"trust_person", "actors_importrow", "procrastinate_jobs", "logs/web.log"} <= before
    assert traces(copied()) == []
    assert traces(on_disk()) == []


def test_what_was_not_hers_is_left_when_she_is_erased(django_capture_on_commit_callbacks):
    person, _ = plant()
    leave_traces(person)

    erase(person, django_capture_on_commit_callbacks)

    honest = Actor.objects.get(slug__startswith="aerlig")
    assert honest.description == {"nb": "Ledes av ….", "sv": "Skriv till …."}
    assert (honest.email, honest.phone) == ("", "")
    assert sorted(ContactEntry.objects.values_list("text", flat=True)) == [
        "Svar til … når vi vet mer.",
        "… fortalte om flis.",
        "… navn ble nevnt.",
    ]
    assert Suggestion.objects.get().before == "post@erlig.example"
    assert Contact.objects.count() == 0
    assert sorted(ImportRun.objects.values_list("state", flat=True)) == [
        "applied",
        "cancelled",
        "cancelled",
    ]
    assert '{"event": "something else"}' in (Path(settings.DATA) / "logs/web.log").read_text()


def test_the_log_holds_no_trace_of_her_before_she_is_erased_either():
    plant()
    decline_suggestion(
        suggestion=Suggestion.objects.get(),
        reason=f"{NAME} sier nei, skriv til {EMAIL} eller ring {PHONE}.",
        by=OPERATOR,
        at=NOON,
    )

    entries = "\n".join(
        f"{entry.changes} {entry.reason}".lower() for entry in AuditEntry.objects.all()
    )

    assert "… sier nei, skriv til … eller ring …." in entries
    assert [trace for trace in TRACES if trace in entries] == []


def test_the_chain_of_the_log_verifies_after_she_is_erased(django_capture_on_commit_callbacks):
    person, _ = plant()
    sealing.Sealer().seal_all()
    erase(person, django_capture_on_commit_callbacks)
    sealing.Sealer().seal_all()

    assert verifying.verify().is_whole
    assert AuditEntry.objects.filter(verb="contact.erased").count() == 2
    assert AuditEntry.objects.filter(verb="person.erased").count() == 1


def test_a_session_of_another_that_names_her_ends(django_capture_on_commit_callbacks):
    person, _ = plant()
    leave_traces(person)

    erase(person, django_capture_on_commit_callbacks)

    assert Session.objects.count() == 0


def test_an_unconfirmed_address_shows_her_nothing_that_stands_under_it():
    person, _ = plant()
    person.user.emailaddress_set.update(verified=False)

    data = exports.data_about(verified_subject_of(person), at=NOON)

    assert [table["table"] for table in data["tables"] if table["table"] == "actors.Contact"] == []
    assert EMAIL not in str(data["named_in"])
    assert NAME in str(data["tables"])
