"""The sealer beside a worker: within two seconds, and back when the database is."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.management import get_commands
from django.db import connection, transaction
from procrastinate.contrib.django import app

from samskap.jobs.sealing import sealing
from samskap.jobs.tasks import sign_head_of_log
from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.verifying import verify
from samskap.trust.models import AuditEntry, AuditSeal, LogHead, Party
from tests.world.people import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
PROMISED_S = 2.0


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def write():
    with transaction.atomic():
        return audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)


def seconds_until_sealed(number):
    since = time.monotonic()
    while AuditSeal.objects.count() < number:
        assert time.monotonic() - since < 20
        time.sleep(0.02)
    return time.monotonic() - since


def test_what_is_written_is_sealed_within_two_seconds():
    with sealing():
        write()
        first = seconds_until_sealed(1)
        for _ in range(5):
            write()
        rest = seconds_until_sealed(6)

    assert max(first, rest) < PROMISED_S
    assert verify().is_whole


def test_the_worker_of_the_queue_seals_for_as_long_as_it_works():
    assert get_commands()["procrastinate"] == "samskap.jobs"


def test_a_sealer_whose_connection_is_cut_goes_on():
    with sealing():
        write()
        seconds_until_sealed(1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        write()
        took = seconds_until_sealed(2)

    assert took < 2 * PROMISED_S
    assert [thread.name for thread in threading.enumerate() if thread.name == "sealer"] == []


def test_the_head_is_signed_once_a_day_however_often_the_job_runs():
    with sealing():
        write()
        seconds_until_sealed(1)

    sign_head_of_log(timestamp=0)
    sign_head_of_log(timestamp=0)

    assert LogHead.objects.count() == 1
    entry = AuditEntry.objects.get(verb="log.head-signed")
    assert (entry.by, entry.door) == (None, "jobs")


def test_an_empty_log_has_no_head():
    sign_head_of_log(timestamp=0)

    assert LogHead.objects.count() == 0


def test_the_job_that_signs_is_in_the_queue_of_upkeep():
    assert app.tasks["samskap.jobs.sign_head"].queue == "upkeep"
