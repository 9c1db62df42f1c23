"""The strategy as it is drawn, and each of its elements where it is read."""

from __future__ import annotations

import re

import pytest

from samskap.strategy.actions import load_strategy, publish_strategy
from samskap.trust.doers import OPERATOR
from tests.doors.portal.pages import address
from tests.world.region import NOON
from tests.world.strategies import area, goal, strategy, vision
from tests.world.strategy_statements import STATEMENTS

pytestmark = pytest.mark.django_db


def published(facts):
    version = load_strategy(facts=facts, by=OPERATOR, at=NOON)
    return publish_strategy(version=version, by=OPERATOR, at=NOON)


def areas_drawn(page):
    """Return kind and title of each area of the model, in the order a screen reader meets them."""
    return re.findall(
        r'<li class="model__area model__area--([a-z-]+)">\s*<h3>\s*<a href="[^"]+">([^<]+)', page
    )


@pytest.mark.usefixtures("region")
def test_the_model_is_three_pillars_one_band_across_and_two_that_carry(reader):
    page = reader.get("/nb/strategi/").content.decode()

    assert areas_drawn(page) == [
        ("effort", "Grønt industriløft"),
        ("effort", "Bioøkonomi"),
        ("effort", "Digital omstilling"),
        ("cross-cutting", "Attraksjonskraft"),
        ("support", "Kapital"),
        ("support", "Kompetanse og inkludering"),
    ]


@pytest.mark.usefixtures("strategy")
def test_every_statement_of_the_platform_has_an_address_that_answers(reader):
    places = {(each.kind, each.key) for each in STATEMENTS}
    answers = {
        (kind, key): reader.get(address("nb", "element", kind=kind, key=key)).status_code
        for kind, key in places
    }

    assert answers == dict.fromkeys(places, 200)


@pytest.mark.usefixtures("region")
def test_an_element_shows_what_it_is_a_part_of_and_what_carries_it(reader):
    page = reader.get("/nb/strategi/fokusomrade/bioeconomy/").content.decode()

    assert 'href="/nb/strategi/"' in page
    assert 'href="/nb/strategi/fokusomrade/capital-access/"' in page
    assert 'href="/nb/strategi/fokusomrade/attraction/"' in page


@pytest.mark.usefixtures("region")
def test_a_factor_shows_the_actors_that_have_it(reader):
    page = reader.get("/nb/strategi/faktor/research-education/").content.decode()

    # The two of the region folder that count under research and education.
    assert re.findall(r'class="actor__name">\s*<a href="[^"]+"[^>]*>\s*([^<]+?)\s*<', page) == [
        "Høgskolen i Østfold",
        "Norges miljø- og biovitenskapelige universitet (NMBU)",
    ]


@pytest.mark.usefixtures("region")
def test_a_sub_region_leads_to_its_own_page_and_to_those_of_its_municipalities(reader):
    page = reader.get("/nb/strategi/delregion/halden/").content.decode()

    beside = page[page.index('class="element__beside"') :]
    links = re.findall(r'href="/nb/hvem-er-hvem/sted/([^/"]+)/"', beside)
    assert links == ["halden", "3124", "3101"]


@pytest.mark.usefixtures("places")
def test_an_older_version_is_read_with_its_own_words_and_links_within_itself(reader):
    published(strategy(vision("Før"), area(), goal("data"), label="2020"))
    published(strategy(vision("Nå"), area(), goal("data"), label="2024", adopted="2025-01"))

    old = reader.get("/nb/strategi/versjon/2020/").content.decode()
    new = reader.get("/nb/strategi/").content.decode()

    assert "Før" in old
    assert "Nå" in new
    assert 'href="/nb/strategi/versjon/2020/fokusomrade/digital/"' in old
    assert 'href="/nb/strategi/fokusomrade/digital/"' in new


@pytest.mark.usefixtures("places")
def test_what_changed_between_two_versions_is_told_with_before_and_now(reader):
    published(strategy(vision(), area(), goal("data", title="Gammelt mål"), label="2020"))
    published(
        strategy(
            vision(),
            area(),
            area("bioeconomy"),
            goal("data", title="Nytt mål"),
            label="2024",
            adopted="2025-01",
        )
    )

    page = reader.get("/nb/strategi/endringer/2020/2024/").content.decode()

    assert re.findall(r"<del>.*?</span>\s*([^<]+?)\s*</del>", page, re.DOTALL)[-1] == "Gammelt mål"
    assert re.findall(r"<ins>.*?</span>\s*([^<]+?)\s*</ins>", page, re.DOTALL)[-1] == "Nytt mål"
    assert 'href="/nb/strategi/versjon/2024/fokusomrade/bioeconomy/"' in page


@pytest.mark.usefixtures("places")
def test_a_draft_is_shown_to_nobody(reader):
    load_strategy(facts=strategy(label="2030"), by=OPERATOR, at=NOON)

    assert reader.get("/nb/strategi/versjon/2030/").status_code == 404
    assert "2030" not in reader.get("/nb/strategi/versjoner/").content.decode()
