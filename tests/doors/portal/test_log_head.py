"""The seal of the log, for everyone: shown, saved, and read by a program."""

from __future__ import annotations

import json

import pytest

from samskap.trust import actions, audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.heads import read_head
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import Party
from tests.doors.portal.pages import address
from tests.world.people import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def signed(entries=3):
    for _ in range(entries):
        audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)
    Sealer().seal_all()
    return actions.sign_head(by=OPERATOR, at=NOON)


def test_before_the_first_seal_the_page_says_when_it_comes(client):
    page = client.get(address("nb", "log-head"))

    assert page.status_code == 200
    assert "Intet segl er signert ennå" in page.content.decode()
    assert client.get("/api/v1/log/head").status_code == 404


def test_the_page_shows_the_seal_with_its_number_hash_and_key(client):
    row = signed(3)

    page = client.get(address("nb", "log-head")).content.decode()

    assert "Loggen vår var forseglet til og med nummer 3 den 24. november 2026" in page
    assert bytes(row.hash).hex() in page
    assert "-----BEGIN PUBLIC KEY-----" in page


def test_the_seal_of_a_day_is_saved_as_the_file_that_is_checked(client):
    row = signed(2)

    answer = client.get(address("nb", "log-head-file", day="2026-11-24"))

    assert answer["Content-Disposition"] == 'attachment; filename="log-head-2026-11-24.json"'
    head = read_head(answer.content)
    assert (head.sequence, head.hash, head.is_signed) == (2, bytes(row.hash), True)


@pytest.mark.parametrize("day", ["2026-11-23", "i-går"])
def test_a_day_without_a_seal_has_no_file(client, day):
    signed(1)

    assert client.get(address("nb", "log-head-file", day=day)).status_code == 404


def test_a_program_reads_the_newest_seal(client):
    row = signed(2)

    facts = json.loads(client.get("/api/v1/log/head").content)

    assert facts["sequence"] == 2
    assert facts["hash"] == bytes(row.hash).hex()
    assert read_head(json.dumps(facts).encode()).is_signed
