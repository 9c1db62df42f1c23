"""Whom to write to about a weakness, where machines look for it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from samskap.strategy.actions import load_region
from samskap.trust.doers import OPERATOR
from tests.world.region import NOON
from tests.world.region import partnership as facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ADDRESS = "/.well-known/security.txt"


def test_a_weakness_is_reported_to_the_partnership(settings, reader):
    settings.SITE_ADDRESS = "https://partnerskap.example"
    said = dataclasses.replace(facts(), contact="post@partnerskap.example")
    load_region(facts=said, by=OPERATOR, at=NOON)

    answer = reader.get(ADDRESS)
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == "mailto:post@partnerskap.example"
    assert told["Canonical"] == "https://partnerskap.example/.well-known/security.txt"
    assert told["Preferred-Languages"] == "nb, sv, en"
    assert timezone.now() < dt.datetime.fromisoformat(told["Expires"])


def test_without_an_address_nobody_is_named(reader):
    assert reader.get(ADDRESS).status_code == 404
