from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from samskap.api import health


def checks_of(answer) -> dict[str, str]:
    return {check["name"]: check["state"] for check in answer.json()["checks"]}


@pytest.fixture
def worker(request):
    """A job worker that has just said it lives."""
    request.getfixturevalue("db")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        return cursor.fetchone()[0]


def silence(worker: int, seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)"
            " WHERE id = %s",
            [seconds, worker],
        )


def test_a_process_says_it_lives_without_asking_the_database(caller):
    answer = caller.get("/health/live")  # the test has no database: a query would fail it

    assert (answer.status_code, answer.json()) == (200, {"state": "ok"})


def test_a_session_makes_no_difference_to_whether_a_process_lives(caller):
    caller.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32

    assert caller.get("/health/live").status_code == 200


def test_a_probe_may_come_by_number_and_without_https(caller, settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = caller.get("/health/live", headers={"host": "10.4.0.17:8000"})

    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_an_installation_with_everything_in_place_is_ready(caller):
    answer = caller.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["state"] == "ok"
    assert checks_of(answer) == {"database": "ok", "migrations": "ok", "disk": "ok", "jobs": "ok"}


@pytest.mark.django_db
def test_an_installation_without_a_worker_is_not_ready(caller):
    answer = caller.get("/health/ready")

    assert (answer.status_code, answer.json()["state"]) == (503, "failed")
    assert checks_of(answer)["jobs"] == "failed"


@pytest.mark.django_db
def test_a_worker_may_be_silent_for_forty_seconds_and_no_longer(caller, worker):
    silence(worker, 39)
    assert caller.get("/health/ready").status_code == 200

    silence(worker, 45)
    assert caller.get("/health/ready").status_code == 503


@pytest.mark.django_db
def test_a_load_balancer_may_pass_over_the_worker_and_still_sees_it(caller):
    answer = caller.get("/health/ready?without=jobs")

    assert (answer.status_code, answer.json()["state"]) == (200, "ok")
    assert checks_of(answer)["jobs"] == "failed"


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_a_migration_that_is_not_applied_is_told(caller):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # only the owner writes there
    last = MigrationRecorder.Migration.objects.order_by("-id").first()
    last.delete()

    answer = caller.get("/health/ready")

    assert answer.status_code == 503
    assert checks_of(answer) == {
        "database": "ok",
        "migrations": "failed",
        "disk": "ok",
        "jobs": "ok",
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_a_disk_that_is_nearly_full_is_told(caller, monkeypatch):
    monkeypatch.setattr(health, "free_bytes", lambda _: 199 * 1024 * 1024)

    answer = caller.get("/health/ready")

    assert (answer.status_code, checks_of(answer)["disk"]) == (503, "failed")


def test_a_database_that_is_away_is_told_without_its_address(caller, monkeypatch):
    def refuse():
        raise OperationalError("connection to server at 10.1.2.3, user samskap_app, failed")

    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=refuse))

    answer = caller.get("/health/ready")

    assert answer.status_code == 503
    assert checks_of(answer) == {
        "database": "failed",
        "migrations": "unknown",
        "disk": "ok",
        "jobs": "unknown",
    }
    assert b"10.1.2.3" not in answer.content
    assert b"samskap_app" not in answer.content


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_readiness_is_cheap(caller, django_assert_num_queries):
    caller.get("/health/ready")  # the first reads the migrations' files

    with django_assert_num_queries(3):
        caller.get("/health/ready")


def test_health_is_never_kept(caller):
    assert caller.get("/health/live").headers["Cache-Control"] == "no-store"


def test_health_is_only_read():
    assert Client().post("/health/live").status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_a_postgresql_that_is_too_old_is_told(caller, monkeypatch):
    monkeypatch.setattr(health, "OLDEST_POSTGRESQL", 99)

    answer = caller.get("/health/ready?lang=en")

    assert (answer.status_code, checks_of(answer)["database"]) == (503, "failed")
    assert answer.json()["checks"][0]["says"] == "The database is too old."


@pytest.mark.django_db
def test_strangers_are_told_neither_version_nor_size_nor_how_long(caller, worker, monkeypatch):
    silence(worker, 45)
    monkeypatch.setattr(health, "OLDEST_POSTGRESQL", 99)
    monkeypatch.setattr(health, "free_bytes", lambda _: 199 * 1024 * 1024)

    checks = caller.get("/health/ready?lang=en").json()["checks"]

    assert [check["says"] for check in checks] == [
        "The database is too old.",
        "All are applied.",
        "The disk is nearly full.",
        "The worker has fallen silent.",
    ]
