"""What goes wrong is written down, in a form a collector reads, without telling on anybody."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog
from django.test import Client, override_settings
from django.urls import path


def failing(_request, **_):
    raise RuntimeError("the roof fell in")


urlpatterns = [path("falls/", failing), path("falls/<str:secret>/", failing)]


@pytest.fixture
def lines():
    """Return a reader of the lines that the configured handler writes."""
    stream = io.StringIO()
    root = logging.getLogger()
    written = next(handler for handler in root.handlers if handler.get_name() == "stderr")
    before, written.stream = written.stream, stream
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    written.stream = before


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.config.test_logging")
def test_a_page_that_failed_is_named_by_its_path_and_never_by_what_was_searched_for(lines):
    with pytest.raises(RuntimeError):
        Client().get("/falls/?q=Kari+Nordmann")

    told = [line for line in lines() if line["logger"] == "django.request"]

    assert [(line["level"], line["path"], line["method"]) for line in told] == [
        ("error", "/falls/", "GET")
    ]
    assert "the roof fell in" in told[0]["exception"]
    assert "Nordmann" not in json.dumps(told)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.config.test_logging")
def test_secret_of_a_letters_link_is_in_no_line(lines):
    secret = "x-Y_" + "0" * 39

    with pytest.raises(RuntimeError):
        Client().get(f"/falls/{secret}/")

    told = [line for line in lines() if line["logger"] == "django.request"]
    assert [line["path"] for line in told] == ["/falls/(secret)/"]
    assert secret not in json.dumps(told)


def test_our_own_lines_and_a_librarys_are_written_alike(lines):
    structlog.get_logger("samskap.jobs").warning("job.rescued", job=7)
    logging.getLogger("granian").warning("slow")

    ours, theirs = lines()

    assert (ours["event"], ours["job"], ours["level"]) == ("job.rescued", 7, "warning")
    assert (theirs["event"], theirs["logger"], theirs["level"]) == ("slow", "granian", "warning")
