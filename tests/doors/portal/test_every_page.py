"""Every page of the portal answers, in three languages, and keeps the rules of every page."""

from __future__ import annotations

import re

import pytest

from samskap.kernel.languages import LANGUAGES
from tests.doors.portal.pages import PAGES, address, every_address

pytestmark = pytest.mark.django_db


def test_every_page_answers_in_every_language(bodies):
    assert len(bodies) == len(PAGES) * len(LANGUAGES)


def test_every_page_says_its_language(bodies):
    wrong = [
        where
        for where, body in bodies.items()
        if re.findall(r'<html lang="(\w+)"', body) != [where.split("/")[1]]
    ]

    assert wrong == []


def test_every_page_has_one_first_heading_and_it_says_something(bodies):
    headings = {
        where: [
            re.sub(r"<[^>]*>", "", heading).strip()
            for heading in re.findall(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
        ]
        for where, body in bodies.items()
    }

    assert {where: found for where, found in headings.items() if len(found) != 1} == {}
    assert [where for where, found in headings.items() if not found[0]] == []


def test_no_page_carries_style_or_script_inline(bodies):
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)")

    assert {where: inline.findall(body) for where, body in bodies.items()} == {
        where: [] for where in every_address()
    }


def test_no_page_uses_an_id_twice(bodies):
    twice = {}
    for where, body in bodies.items():
        ids = re.findall(r'\sid="([^"]+)"', body)
        repeated = {each for each in ids if ids.count(each) > 1}
        if repeated:
            twice[where] = repeated

    assert twice == {}


def test_the_language_switch_stays_on_the_page(bodies):
    for name, given in PAGES:
        twins = [address(language, name, **given) for language in LANGUAGES]
        for here in twins:
            switch = re.findall(r'href="([^"]+)"\s+lang="\w+"\s+hreflang', bodies[here])

            assert switch == twins


@pytest.mark.usefixtures("region")
def test_the_language_switch_keeps_what_was_searched_for(reader):
    page = reader.get("/nb/hvem-er-hvem/?q=bio&factor=business").content.decode()

    assert re.findall(r'href="([^"]+)"\s+lang="sv"', page) == [
        "/sv/vem-ar-vem/?q=bio&amp;factor=business"
    ]


@pytest.mark.usefixtures("region")
def test_pages_that_link_to_each_other_lead_somewhere(reader, bodies):
    links = {
        link
        for where, body in bodies.items()
        if where.startswith("/nb/")
        for link in re.findall(r'href="(/nb/[^"#?]*)', body)
    }
    broken = {link: code for link in links if (code := reader.get(link).status_code) != 200}

    assert broken == {}


@pytest.mark.usefixtures("region")
def test_a_demonstration_says_so_on_every_page_and_a_real_installation_on_none(reader, settings):
    line = "Demonstrasjon. Ikke Partnerskapets egne sider."
    pages = [address("nb", name) for name in ("home", "strategy", "directory", "privacy")]

    settings.DEMO = False
    assert [where for where in pages if line in reader.get(where).content.decode()] == []

    settings.DEMO = True
    assert [where for where in pages if line not in reader.get(where).content.decode()] == []


@pytest.mark.usefixtures("region")
def test_someone_who_only_reads_is_given_no_cookie(reader):
    for name, given in PAGES:
        reader.get(address("nb", name, **given))

    assert dict(reader.cookies) == {}


def test_pages_answer_before_anything_is_loaded(reader):
    empty = ("home", "strategy", "strategy-versions", "directory", "coverage", "about", "open-data")
    answers = {name: reader.get(address("nb", name)).status_code for name in empty}

    assert answers == dict.fromkeys(empty, 200)


def test_the_bare_address_chooses_the_readers_language(reader):
    chosen = {
        asked: reader.get("/", headers={"accept-language": asked}).headers["Location"]
        for asked in ("sv-SE,sv;q=0.9", "en-GB", "nb-NO", "fi")
    }

    assert chosen == {"sv-SE,sv;q=0.9": "/sv/", "en-GB": "/en/", "nb-NO": "/nb/", "fi": "/nb/"}
