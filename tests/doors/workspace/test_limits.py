"""Trying too often is counted by the installation, not by each of its processes."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskap.kernel.caching import Cached, forget_expired
from tests.doors.workspace.test_sign_in import KARI

OTHER_PROCESS = f"""
import django
django.setup()
from django.test import Client
from django.urls import reverse
from django.utils import translation
translation.activate("en")
for _ in range(5):
    answer = Client(SERVER_NAME="localhost").post(
        reverse("account_reset_password"), {{"email": "{KARI}"}}
    )
    assert answer.status_code == 302, answer.status_code
"""


def url_of(database):
    host, port = database["HOST"], database["PORT"]
    return (
        f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}"
        f"?host={host}&port={port}"
    )


@pytest.mark.django_db(transaction=True)
def test_attempts_in_two_processes_trip_one_limit():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samskap.config.settings",
        "DATABASE_URL": url_of(connection.settings_dict),
        "SAMSKAP_PLAIN_HTTP": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.count("Traceback") == 0, done.stderr

    here = Client().post(reverse("account_reset_password"), {"email": KARI})

    assert done.returncode == 0
    assert here.status_code == 429


@pytest.mark.django_db
def test_attempts_are_counted_by_the_visitors_address_behind_a_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def ask(seen_by_proxy, written_by_visitor="10.0.0.1", who="en"):
        return Client().post(
            reverse("account_reset_password"),
            {"email": f"{who}@samskap.example"},
            headers={"X-Forwarded-For": f"{written_by_visitor}, {seen_by_proxy}"},
        )

    asked = [ask("192.0.2.7", f"10.0.0.{n}", f"en{n}").status_code for n in range(21)]

    assert asked == [302] * 20 + [429]
    assert ask("192.0.2.8").status_code == 302


@pytest.mark.django_db
def test_what_has_expired_is_forgotten_and_what_counts_is_kept():
    an_hour_ago = timezone.now() - dt.timedelta(hours=1)
    Cached.objects.create(cache_key=":1:old", value="", expires=an_hour_ago)
    caches["default"].set("counts", 1, timeout=60)

    assert forget_expired(timezone.now()) == 1
    assert caches["default"].get("counts") == 1
