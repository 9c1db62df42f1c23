from __future__ import annotations

import logging

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import settings
from django.test import Client

from samskap.api.problems import KINDS

PROBLEM = "application/problem+json"


def problem_of(answer, status: int) -> dict[str, object]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    assert problem["status"] == status
    return problem


def test_a_misspelt_parameter_is_refused_and_the_nearest_one_named(caller):
    problem = problem_of(caller.get("/api/v1/actors?plase=3105&lang=en"), 400)

    assert problem == {
        "type": "/api/v1/docs#problem-unknown-parameter",
        "title": "Unknown parameter",
        "status": 400,
        "detail": "There is no parameter “plase” here. Did you mean “place”?",
        "instance": "/api/v1/actors",
        "errors": [
            {
                "where": "query",
                "name": "plase",
                "detail": "There is no parameter “plase” here. Did you mean “place”?",
            }
        ],
    }


def test_a_parameter_like_no_other_is_answered_with_those_there_are(caller):
    problem = problem_of(caller.get("/api/v1/places/3105?wibble=1&lang=en"), 400)

    assert problem["detail"] == "There is no parameter “wibble” here. There are: lang, on."


def test_everything_wrong_with_a_request_is_told_at_once(caller):
    problem = problem_of(
        caller.get("/api/v1/actors?limit=0&factor=publik&lang=en&q=" + "a" * 201), 422
    )

    assert problem["errors"] == [
        {"where": "query", "name": "limit", "detail": "Give 1 or more."},
        {
            "where": "query",
            "name": "factor",
            "detail": "Give one of these: public-authority, entrepreneurship, research-education,"
            " business, capital.",
        },
        {"where": "query", "name": "q", "detail": "Give at most 100 characters."},
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("limit=201", "Give 200 or less."),
        ("limit=many", "Give a whole number."),
        ("limit=5&limit=6", "Give it once."),
        ("on=17", "Give a day, written as 2026-11-24."),
        ("on=2026-02-30", "Give a day, written as 2026-11-24."),
        ("country=DK", "Give one of these: NO, SE."),
        ("cursor=" + "a" * 1001, "Give at most 1000 characters."),
    ],
)
def test_a_value_that_cannot_be_used_is_told_what_would_be_right(caller, asked, said):
    problem = problem_of(caller.get(f"/api/v1/places?{asked}&lang=en"), 422)

    assert [fault["detail"] for fault in problem["errors"]] == [said]


def test_a_text_no_database_can_hold_is_refused(caller):
    problem = problem_of(caller.get("/api/v1/actors?q=%00&lang=en"), 422)

    assert problem["errors"][0]["detail"] == "It holds a character that no text has."


@pytest.mark.parametrize(
    "address", ["/api/v1/aktorer", "/api/v1/actors/", "/api/v2/actors", "/schema/nothing.json"]
)
def test_an_address_that_is_not_there_answers_as_the_api_does(caller, address):
    problem = problem_of(caller.get(f"{address}?lang=en"), 404)

    assert problem["type"] == "/api/v1/docs#problem-no-such-address"
    assert problem["detail"] == f"There is nothing at {address}."


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed_through_the_api(caller, method):
    answer = getattr(caller, method)("/api/v1/actors?lang=en")

    problem = problem_of(answer, 405)
    assert problem["detail"] == "/api/v1/actors can be read, not changed."
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_host_that_is_not_ours_is_answered_with_a_problem(caller):
    problem_of(caller.get("/api/v1/openapi.json", headers={"host": "elsewhere.example"}), 400)


def test_our_own_failure_keeps_the_trace_to_ourselves(caller, monkeypatch, caplog):
    def fail(_request):
        raise RuntimeError("the password is 1814")

    monkeypatch.setattr("samskap.api.places.reader_of", fail)

    with caplog.at_level(logging.ERROR, logger="samskap.api.v1"):
        answer = caller.get("/api/v1/places?lang=en")

    problem = problem_of(answer, 500)
    assert problem["detail"].startswith("Try again in a minute.")
    assert b"1814" not in answer.content
    assert "the password is 1814" in caplog.text


def test_a_problem_is_never_kept(caller):
    assert caller.get("/api/v1/nothing").headers["Cache-Control"] == "no-store"


@pytest.fixture
def words(tmp_path, settings):
    """A catalogue of its own for each language: this tests the choice, not the translation."""
    titles = {"nb": "Ukjent parameter", "sv": "Okänd parameter", "en": "Unknown parameter"}
    for language, title in titles.items():
        catalogue = Catalog(locale=language)
        catalogue.add("Unknown parameter", title)
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as stream:
            write_mo(stream, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    return titles


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "nb"),
        ("", "sv", "sv"),
        ("", "en-GB,en;q=0.9,nb;q=0.1", "en"),
        ("", "nn-NO,en;q=0.5", "nb"),
        ("", "no", "nb"),
        ("", "de,fr;q=0.5", "nb"),
        ("lang=sv", "en", "sv"),
        ("lang=en", "", "en"),
        ("lang=nb", "sv", "nb"),
    ],
)
def test_a_problem_comes_in_the_language_the_caller_asks_for(words, asked, accepted, language):
    headers = {"accept-language": accepted} if accepted else {}

    answer = Client().get(f"/api/v1/places?x=1&{asked}", headers=headers)

    assert (answer.json()["title"], answer.headers["Content-Language"]) == (
        words[language],
        language,
    )


@pytest.mark.usefixtures("words")
def test_a_language_cookie_from_the_pages_does_not_steer_a_program():
    caller = Client()
    caller.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"

    assert caller.get("/api/v1/places?x=1").json()["title"] == "Ukjent parameter"


@pytest.mark.django_db
def test_every_kind_of_problem_has_its_paragraph_in_the_documentation(caller):
    page = caller.get("/api/v1/docs").content.decode()

    assert [kind.slug for kind in KINDS if f'id="problem-{kind.slug}"' not in page] == []
