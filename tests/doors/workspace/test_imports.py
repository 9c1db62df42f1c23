"""A file of organisations at the desk: sent in, looked through, corrected, brought in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samskap.actors.models import Actor, ColumnMapping, ImportRun
from samskap.connectors.actor_imports import (
    apply_asked_for,
    read_waiting,
)
from samskap.trust.models import Role
from tests.world.region import ostfold

pytestmark = pytest.mark.django_db
LIST = (
    "orgnr;navn;kommune\n313000001;Glåmøy Træsliperi AS;Sarpsborg\n313000002;Ærlig Øl SA;Halden\n"
)
WRONG = "The check digit of 313000002 is wrong. Look the number up in the register."


@pytest.fixture
def secretariat(at_desk, settings):
    """The secretariat of a demonstration, in the region."""
    settings.DEMO = True
    ostfold()
    return at_desk(Role.SECRETARIAT)


def sent(client, text=LIST, name="medlemmer.csv"):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(reverse("workspace:imports"), {"file": file})


def read(client, text=LIST):
    sent(client, text)
    run = ImportRun.objects.get()
    read_waiting(str(run.key), at=timezone.now())
    run.refresh_from_db()
    return run


def address(run, step=""):
    return reverse(f"workspace:import{step}", args=[run.key])


def test_file_is_kept_aside_until_a_job_has_read_it(secretariat):
    answer = sent(secretariat)

    run = ImportRun.objects.get()
    assert answer.url == address(run)
    assert run.state == "waiting"
    assert Actor.objects.count() == 0
    job = ProcrastinateJob.objects.get(task_name="samskap.jobs.read_import")
    assert job.args == {"key": str(run.key)}
    assert b"The file is being read" in secretariat.get(address(run)).content


def test_preview_says_what_each_row_leads_to_and_changes_nothing(secretariat):
    run = read(secretariat)

    page = secretariat.get(address(run)).content.decode()

    assert "1 new actor is ready to come in" in page
    assert "The check digit of 313000002 is wrong." in page
    assert Actor.objects.count() == 0


def test_rejected_rows_can_be_fetched_corrected_and_sent_again(secretariat):
    run = read(secretariat)

    fetched = secretariat.get(address(run, "-rejected"))

    assert fetched.content.decode("utf-8-sig").splitlines() == [
        "orgnr,navn,kommune,Line in the file,Why it was rejected",
        f"313000002,Ærlig Øl SA,Halden,3,{WRONG}",
    ]
    corrected = fetched.content.decode("utf-8-sig").replace("313000002", "313000028", 1)
    ImportRun.objects.all().delete()
    again = read(secretariat, corrected)
    assert again.counts == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 0}


def test_what_was_looked_through_comes_in_by_a_job_and_the_file_goes(secretariat):
    run = read(secretariat)

    secretariat.post(address(run, "-apply"))
    job = ProcrastinateJob.objects.get(task_name="samskap.jobs.apply_import")
    apply_asked_for(job.args["key"], user=job.args["user"], at=timezone.now())
    apply_asked_for(job.args["key"], user=job.args["user"], at=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.file.name) == ("applied", "")
    assert [str(actor.name) for actor in Actor.objects.all()] == ["Glåmøy Træsliperi AS"]
    assert ColumnMapping.objects.get().mapping == {
        "organisation_number": "orgnr",
        "name": "navn",
        "place": "kommune",
    }


def test_second_click_asks_for_nothing_more(secretariat):
    run = read(secretariat)

    secretariat.post(address(run, "-apply"))
    secretariat.post(address(run, "-apply"))

    assert ProcrastinateJob.objects.filter(task_name="samskap.jobs.apply_import").count() == 1


def test_table_without_a_name_asks_which_column_it_is(secretariat):
    run = read(secretariat, "kode;hvem\n313000001;Slipa AS\n")
    assert run.state == "refused"

    secretariat.post(
        address(run, "-change"),
        {"visibility": "partners", "column_name": "hvem", "column_organisation_number": "kode"},
    )
    read_waiting(str(run.key), at=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.visibility) == ("read", "partners")
    assert run.mapping == {"organisation_number": "kode", "name": "hvem"}
    assert run.counts["created"] == 1


def test_file_that_is_put_away_is_gone_with_what_stood_in_it(secretariat):
    run = read(secretariat)
    storage, name = run.file.storage, run.file.name

    secretariat.post(address(run, "-cancel"))

    run.refresh_from_db()
    assert (run.state, run.rows.count(), run.file.name) == ("cancelled", 0, "")
    assert storage.exists(name)  # until the transaction of the test, which never ends, does


def test_file_that_is_too_large_is_refused_before_it_is_read(secretariat):
    answer = sent(secretariat, b"x" * (20 * 1024 * 1024 + 1))

    assert answer.status_code == 422
    assert b"The file is larger than 20 MB." in answer.content
    assert ImportRun.objects.count() == 0


def test_as_many_questions_for_one_row_as_for_three(secretariat):
    one = read(secretariat, "orgnr;navn;kommune\n313000001;A AS;Moss\n")
    ImportRun.objects.exclude(pk=one.pk).delete()
    with CaptureQueriesContext(connection) as few:
        secretariat.get(address(one))
    ImportRun.objects.all().delete()
    three = read(
        secretariat,
        "orgnr;navn;kommune\n313000001;A AS;Moss\n313000028;B AS;Moss\n313000036;C AS;Moss\n",
    )

    with CaptureQueriesContext(connection) as many:
        secretariat.get(address(three))

    assert len(many) == len(few)
    assert len(many) <= 12
