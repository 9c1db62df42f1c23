"""Figures for a collector: told to the one with the token, and never of anyone."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from samskap.api import metrics
from samskap.api.checks import token_of_the_collector_is_long
from samskap.kernel.mail.letters import Letter

TOKEN = "et-langt-og-tilfeldig-ord"


@pytest.fixture
def collector(settings):
    settings.METRICS_TOKEN = TOKEN
    return Client(headers={"Authorization": f"Bearer {TOKEN}"})


def figures_of(answer):
    assert answer.headers["Content-Type"] == metrics.FORMAT
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.mark.django_db
def test_the_collector_is_told_how_the_house_is(collector):
    Letter.objects.create(sender="a@example.no", queued_at=timezone.now())

    told = figures_of(collector.get("/health/metrics"))

    assert told["samskap_database_up",] == 1
    assert told["samskap_letters_waiting",] == 1
    assert told["samskap_worker_silent_seconds",] == -1
    assert told["samskap_audit_entries_unsealed",] == 0
    assert told["samskap_disk_free_bytes",] > 0


@pytest.mark.django_db
def test_answers_are_counted_and_timed_by_the_name_of_the_page(collector):
    page = ("samskap_answers_total", "portal:home", "200")
    before = figures_of(collector.get("/health/metrics")).get(page, 0)

    Client().get("/nb/")
    Client().get("/nb/?q=Kari+Nordmann")
    told = figures_of(collector.get("/health/metrics"))

    assert told[page] == before + 2
    assert told["samskap_answer_seconds_count", "portal:home"] >= 2
    assert "Kari" not in str(told)


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer feil", f"Basic {TOKEN}", TOKEN])
def test_nobody_else_finds_anything_there(settings, said):
    settings.METRICS_TOKEN = TOKEN

    assert Client(headers={"Authorization": said}).get("/health/metrics").status_code == 404


def test_without_a_token_there_is_no_such_page(settings):
    settings.METRICS_TOKEN = ""

    answer = Client(headers={"Authorization": "Bearer "}).get("/health/metrics")

    assert (answer.status_code, answer.content) == (404, b"")


def test_a_database_that_is_away_is_a_figure_and_no_fault(collector, monkeypatch):
    def away(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(metrics, "_FIGURES", (away,))

    told = figures_of(collector.get("/health/metrics"))

    assert told["samskap_database_up",] == 0
    assert told["samskap_disk_free_bytes",] > 0


@pytest.mark.parametrize(("length", "found"), [(0, []), (31, ["samskap.E002"]), (32, [])])
def test_a_token_that_could_be_guessed_is_an_error_where_people_rely_on_it(length, found, settings):
    settings.METRICS_TOKEN = "x" * length

    assert [each.id for each in token_of_the_collector_is_long()] == found
