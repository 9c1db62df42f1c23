"""What every test gets: the world's clock, and the application's rights in the database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from samskap.trust.database_roles import APPEND_ONLY_TABLES
from tests import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper


def pytest_collection_finish() -> None:
    """Before the first test: what all of them would do over and over is done once."""
    quick.parse_the_same_text_once()
    quick.look_for_static_files_once()
    quick.sweep_seldom()


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix() -> None:
    """Name the test database by run and worker, so that two runs never share one."""
    name = os.environ.get("SAMSKAP_TEST_DATABASE", "test_samskap")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = "_".join(
        part for part in (name, worker) if part
    )
    connection.settings_dict["TEST"]["NAME"] = settings.DATABASES["default"]["TEST"]["NAME"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let a test that commits empty every table after it; the log refuses that everywhere else."""
    del django_db_setup
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in APPEND_ONLY_TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")


@pytest.fixture(autouse=True)
def _act_as_the_application(request: pytest.FixtureRequest) -> None:
    """Inside a test's transaction we are the application's role, which owns nothing."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or marker.kwargs.get("transaction"):
        return
    request.getfixturevalue("db")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [settings.DATABASE_APP_ROLE])


@pytest.fixture(autouse=True)
def _empty_queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """The queue is not among the tables that are emptied after a test that really commits."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture(autouse=True)
def _quick_passwords(settings: SettingsWrapper) -> None:
    """Hash passwords quickly: tests make many accounts, and none of them is anybody's."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _begin_in_norwegian() -> None:
    """A request leaves its reader's language behind; every test begins in the product's own."""
    translation.activate(settings.LANGUAGE_CODE)
