"""Jobs as a real worker runs them."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from samskap.actors.actions import TieFacts, tie_actors
from samskap.actors.models import NetworkPosition, TieKind
from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.kernel.privacy import KEEP_LETTERS
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Session
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.mail_server import mail_server

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@contextmanager
def worker():
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        yield lambda: running.run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False
        )


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture(autouse=True)
def _connections_are_not_kept(monkeypatch):
    """The worker's threads outlive a test; a connection they kept would outlive the database."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture(autouse=True)
def _empty_queue(request):
    """The queue is not among the tables that a test's end empties."""
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def mail_jobs():
    """The worker adds its own timetable to the queue when the minute comes."""
    return ProcrastinateJob.objects.filter(task_name="samskap.mail.deliver").order_by("id")


def post(key=None):
    mail.post(to=["kari@samskap.example"], subject="Hei", text="Hei", language="nb", key=key)


def test_the_worker_delivers_what_was_queued():
    post()
    post()

    with worker() as run:
        run()

    assert len(mail.Outbox.of_this_installation().letters()) == 2
    assert [job.status for job in mail_jobs()] == ["succeeded", "succeeded"]
    assert Letter.objects.filter(delivered_at=None).count() == 0


def test_a_mail_that_could_not_go_is_tried_again_later(settings):
    post()
    with mail_server() as server, worker() as run:
        server.refuses = 1
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        run()
        waiting = mail_jobs().get()
        assert (waiting.status, waiting.attempts, server.taken) == ("todo", 1, [])

        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
        run()

    assert len(server.taken) == 1
    assert mail_jobs().get().status == "succeeded"


def test_a_job_of_a_worker_that_died_is_taken_by_another():
    post()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '10 minutes') RETURNING id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    app.configure_task("samskap.jobs.rescue").defer(timestamp=0)

    with worker() as run:
        run()
        run()

    assert [job.status for job in mail_jobs()] == ["succeeded"]
    assert len(mail.Outbox.of_this_installation().letters()) == 1


def test_every_night_what_is_past_is_removed_and_what_is_not_stays():
    for key in ("old", "new"):
        post(key)
    with worker() as run:
        run()
    now = dt.datetime.now(dt.UTC)
    for name, ends in (("past", now - dt.timedelta(days=1)), ("open", now + dt.timedelta(days=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
    old, new = Letter.objects.order_by("id")
    Letter.objects.filter(pk=old.pk).update(queued_at=now - KEEP_LETTERS)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '8 days' WHERE job_id IN "
            "(SELECT id FROM procrastinate_jobs WHERE args->>'key' = %s)",
            [str(old.key)],
        )
    app.configure_task("samskap.jobs.retention").defer(timestamp=0)

    with worker() as run:
        run()

    assert [letter.key for letter in Letter.objects.all()] == [new.key]
    assert [session.session_key for session in Session.objects.all()] == ["open"]
    assert [job.args["key"] for job in mail_jobs()] == [str(new.key)]


def test_each_piece_of_upkeep_has_its_hour():
    timetable = {
        entry.task.name: entry.cron for entry in app.periodic_registry.periodic_tasks.values()
    }

    assert timetable == {
        "samskap.jobs.forget": "*/10 * * * *",
        "samskap.jobs.rescue": "* * * * *",
        "samskap.jobs.ask_actors": "12 8 * * 1-5",
        "samskap.jobs.lay_out_network": "41 3 * * *",
        "samskap.jobs.sign_head": "5 4 * * *",
        "samskap.jobs.retention": "17 3 * * *",
    }


def test_two_requests_for_the_same_letter_make_one_job():
    memory = InMemoryConnector()
    with app.replace_connector(memory):
        post("invitation 17")
        post("invitation 17")

        queued = [job["task_name"] for job in memory.jobs.values()]

    assert queued == ["samskap.mail.deliver"]


def test_a_new_tie_is_in_the_picture_when_the_worker_has_run():
    tie_actors(
        facts=TieFacts(
            kind=TieKind.OWNS,
            from_actor=ActorFactory(),
            to_actor=ActorFactory(),
            source=SourceFactory().key,
        ),
        by=OPERATOR,
        at=NOON,
    )

    with worker() as run:
        run()

    assert list(NetworkPosition.objects.filter(scope="all").values_list("degree", flat=True)) == [
        1,
        1,
    ]
