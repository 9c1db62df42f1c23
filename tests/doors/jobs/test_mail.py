"""A mail goes out once, with the action it belongs to, and is forgotten when it has gone."""

from __future__ import annotations

import datetime as dt
from email import policy
from email.parser import BytesParser

import pytest
from django.core.mail import BadHeaderError, send_mail
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samskap.kernel import mail
from samskap.kernel.models import Letter
from tests.world.mail_server import mail_server

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def post(**facts):
    facts = {
        "to": ["kari@samskap.example"],
        "subject": "Møte på Ørje",
        "text": "Hei Kari,\n\nvi møtes på Ørje.",
        "language": "nb",
        **facts,
    }
    mail.post(**facts)


def kept():
    return mail.Outbox.of_this_installation().letters()


def test_a_letter_and_its_job_are_queued_with_the_action_and_fall_with_it():
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert (Letter.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)

    post()
    assert (Letter.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


def test_the_queue_holds_neither_text_nor_address():
    post()

    job = ProcrastinateJob.objects.get()

    assert (job.task_name, job.queue_name, job.args) == (
        "samskap.mail.deliver",
        "mail",
        {"key": str(Letter.objects.get().key)},
    )


def test_the_same_key_queues_one_letter():
    post(key="invitation 17")
    post(key="invitation 17", text="En gang til")
    post(key="invitation 18")

    assert (Letter.objects.count(), ProcrastinateJob.objects.count()) == (2, 2)


def test_a_letter_is_delivered_once_however_often_its_job_runs():
    post()
    key = Letter.objects.get().key

    gone = [mail.deliver(key, at=NOON) for _ in range(3)]

    assert gone == [True, False, False]
    assert [(one.to, one.subject, one.language) for one in kept()] == [
        ("kari@samskap.example", "Møte på Ørje", "nb")
    ]
    assert kept()[0].text.splitlines() == ["Hei Kari,", "", "vi møtes på Ørje."]


def test_a_delivered_letter_is_forgotten():
    post()

    mail.deliver(Letter.objects.get().key, at=NOON)

    letter = Letter.objects.get()
    assert (letter.recipients, bytes(letter.message), letter.delivered_at) == ([], b"", NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_letter::text FROM kernel_letter")
        assert "kari" not in cursor.fetchone()[0]


def test_a_job_whose_letter_is_gone_does_nothing():
    assert mail.deliver("00000000-0000-0000-0000-000000000000", at=NOON) is False


def test_a_letter_goes_over_the_wire_to_the_server_that_is_named(settings):
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        post(html="<p>Hei Kari</p>")
        mail.deliver(Letter.objects.get().key, at=NOON)

    taken = server.taken[0]
    message = BytesParser(policy=policy.default).parsebytes(taken.message)
    assert (taken.sender, taken.recipients) == ("samskap@localhost", ["kari@samskap.example"])
    assert message["Subject"] == "Møte på Ørje"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert b"\r\n" in taken.message
    assert b"X-Samskap-Key" not in taken.message
    assert kept() == []


def test_a_server_that_says_no_leaves_the_letter_waiting(settings):
    with mail_server() as server:
        server.refuses = 1
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        post()
        key = Letter.objects.get().key
        with pytest.raises(OSError, match="come back later"):
            mail.deliver(key, at=NOON)
        assert Letter.objects.get().delivered_at is None

        assert mail.deliver(key, at=NOON) is True

    assert len(server.taken) == 1


def test_a_demonstration_sends_nothing_even_when_a_server_is_named(settings):
    with mail_server() as server:
        settings.DEMO, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", server.port
        post()
        mail.deliver(Letter.objects.get().key, at=NOON)

    assert server.taken == []
    assert [one.subject for one in kept()] == ["Møte på Ørje"]


def test_a_line_break_in_a_subject_starts_no_header():
    post(subject="Hei\r\nBcc: alle@samskap.example")

    mail.deliver(Letter.objects.get().key, at=NOON)

    assert kept()[0].subject == "Hei Bcc: alle@samskap.example"
    raw = next(mail.Outbox.of_this_installation().folder.glob("*.eml")).read_bytes()
    assert b"\nBcc:" not in raw


def test_a_line_break_in_an_address_is_refused():
    with pytest.raises(BadHeaderError):
        post(to=["kari@samskap.example\nBcc: alle@samskap.example"])

    assert Letter.objects.count() == 0


def test_djangos_own_mail_goes_the_same_way(settings):
    settings.EMAIL_BACKEND = "samskap.kernel.mail.QueueBackend"

    send_mail("Fra Django", "tekst", None, ["ola@samskap.example"])

    assert (Letter.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


def test_the_outbox_is_for_its_owner_alone():
    post()
    mail.deliver(Letter.objects.get().key, at=NOON)

    folder = mail.Outbox.of_this_installation().folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.glob("*.eml")] == [0o600]
