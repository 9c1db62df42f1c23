"""When something is not as it should be, the page says what to do, in the reader's language."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from samskap.portal.views import errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("/nb/finnes-ikke/", "Vi finner ikke"),
        ("/sv/finns-inte/", "hittar inte"),
        ("/en/not-here/", "cannot find"),
    ],
)
def test_an_unknown_address_is_answered_in_the_language_of_its_prefix(reader, where, says):
    answer = reader.get(where)

    assert answer.status_code == 404
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("where", "twins"),
    [
        (
            "/nb/finnes-ikke/?q=a",
            ["/nb/finnes-ikke/?q=a", "/sv/finnes-ikke/?q=a", "/en/finnes-ikke/?q=a"],
        ),
        (
            "/nb/hvem-er-hvem/ingen/",
            ["/nb/hvem-er-hvem/ingen/", "/sv/vem-ar-vem/ingen/", "/en/who-is-who/ingen/"],
        ),
        ("/finnes-ikke/", ["/nb/", "/sv/", "/en/"]),
    ],
)
def test_the_language_switch_keeps_a_lost_reader_at_the_address_they_asked_for(
    reader, where, twins
):
    page = reader.get(where).content.decode()

    assert re.findall(r'href="([^"]+)"\s+lang="\w+"\s+hreflang', page) == twins


def test_an_unknown_address_offers_a_search_for_what_it_seems_to_ask_for(reader):
    page = reader.get("/nb/behov/biorest-halden/").content.decode()

    assert 'value="behov biorest halden"' in page
    assert 'action="/nb/hvem-er-hvem/"' in page


@pytest.mark.usefixtures("region")
def test_what_is_not_there_is_a_helpful_404(reader):
    nowhere = (
        "/nb/hvem-er-hvem/ingen/",
        "/nb/strategi/fokusomrade/romfart/",
        "/nb/strategi/versjon/1999/",
        "/nb/strategi/versjon/1999/faktor/capital/",
        "/nb/strategi/endringer/1999/2024-27/",
    )
    answers = [reader.get(where) for where in nowhere]

    assert [answer.status_code for answer in answers] == [404] * len(nowhere)
    assert all('role="search"' in answer.content.decode() for answer in answers)


def test_a_fault_of_ours_is_told_without_asking_the_database(django_assert_num_queries):
    request = RequestFactory().get("/sv/strategi/")

    with django_assert_num_queries(0):
        answer = errors.server_error(request)

    assert answer.status_code == 500
    assert '<html lang="sv"' in answer.content.decode()
    assert 'href="/en/strategy/"' in answer.content.decode()


def test_a_fault_in_the_page_for_faults_is_still_an_answer(monkeypatch):
    def fail(_template, _context):
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", fail)

    answer = errors.server_error(RequestFactory().get("/nb/"))

    assert answer.status_code == 500
    assert b"Something went wrong" in answer.content


def test_a_question_we_cannot_read_is_told_as_one():
    answer = errors.bad_request(RequestFactory().get("/sv/"), ValueError())

    assert answer.status_code == 400
    assert '<html lang="sv"' in answer.content.decode()


def test_a_form_without_its_token_is_told_that_nothing_was_sent():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/nb/konto/login/", {"login": "kari@example.org", "password": "x"})

    assert answer.status_code == 403
    assert "Ingenting ble sendt" in answer.content.decode()


@pytest.mark.usefixtures("known")
def test_a_question_that_means_nothing_finds_nobody_or_everyone_and_never_fails(reader):
    questions = (
        *("page=0", "page=9999", "page=x", "page=-1", f"page={'9' * 40}"),
        *("q=%00", "factor=%27", "place=SE-", "kind=x&side=y", f"q={'ø' * 5000}"),
    )
    answers = {asked: reader.get(f"/nb/hvem-er-hvem/?{asked}").status_code for asked in questions}

    assert answers == dict.fromkeys(questions, 200)


def test_machines_are_told_to_stay_out_of_a_demonstration_alone(reader, settings):
    settings.DEMO = True
    assert reader.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"

    settings.DEMO = False
    assert reader.get("/robots.txt").content == b"User-agent: *\nDisallow: \n"
