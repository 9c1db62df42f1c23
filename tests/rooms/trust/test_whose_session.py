"""A session says whose it is, so that nobody's own are looked for in everybody's."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskap.trust.models import Session
from samskap.trust.session_store import SessionStore
from samskap.trust.sessions import open_sessions
from tests.world.people import person_with_account

pytestmark = pytest.mark.django_db


def signed_in(user, **held):
    store = SessionStore()
    store.update({SESSION_KEY: str(user.pk), **held})
    store.create()
    return store


def of_others(number):
    ends = timezone.now() + dt.timedelta(hours=1)
    Session.objects.bulk_create(
        Session(session_key=f"others-{each}", session_data="", expire_date=ends, account_id=0)
        for each in range(number)
    )


def asked_for(user):
    with CaptureQueriesContext(connection) as asked:
        found = open_sessions(user)
    return [one.row.session_key for one in found], len(asked)


def test_the_engine_in_the_settings_is_the_one_that_says_whose_a_session_is():
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore
    assert Session.get_session_store_class() is SessionStore


def test_ones_own_sessions_take_one_question_among_one_and_among_a_thousand(monkeypatch):
    user = person_with_account("kari@holm.example").user
    own = signed_in(user)
    of_others(1)
    few = asked_for(user)
    Session.objects.filter(account_id=0).delete()
    of_others(1000)
    read = []
    decoded = Session.get_decoded
    monkeypatch.setattr(Session, "get_decoded", lambda row: read.append(row.pk) or decoded(row))

    many = asked_for(user)

    assert few == many == ([own.session_key], 1)
    assert read == [own.session_key]


def test_there_is_an_index_on_whose_a_session_is():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'django_session'")
        indexes = [row[0].partition(" USING ")[2] for row in cursor.fetchall()]

    assert "btree (account_id)" in indexes


def test_a_session_is_nobodys_until_someone_signs_in_and_after_they_have_signed_out():
    user = person_with_account("kari@holm.example").user
    store = SessionStore()
    store["typed"] = "noe"
    store.create()
    before = Session.objects.get().account

    store[SESSION_KEY] = str(user.pk)
    store.save()
    during = Session.objects.get().account
    del store[SESSION_KEY]
    store.save()

    assert (before, during, Session.objects.get().account) == (None, user, None)


@pytest.mark.parametrize("odd", ["", "abc", "-1", "1; DROP TABLE"])
def test_what_is_no_account_makes_a_session_nobodys(odd):
    store = SessionStore()
    store[SESSION_KEY] = odd
    store.create()

    assert Session.objects.get().account_id is None


def test_sessions_from_before_are_told_whose_they_are_and_go_on():
    user = person_with_account("kari@holm.example").user
    data = DjangosOwn().encode({SESSION_KEY: str(user.pk)})
    ends = timezone.now() + dt.timedelta(hours=1)
    for key, held in (
        ("hers-and-open", data),
        ("nobodys", DjangosOwn().encode({})),
        ("spoilt", "x"),
    ):
        Session.objects.create(session_key=key, session_data=held, expire_date=ends)
    migration = import_module("samskap.trust.migrations.0009_whose_session")

    with connection.schema_editor() as editor:
        migration.say_whose(apps, editor)

    whose = dict(Session.objects.values_list("session_key", "account"))
    assert whose == {"hers-and-open": user.pk, "nobodys": None, "spoilt": None}
    assert SessionStore("hers-and-open")[SESSION_KEY] == str(user.pk)
