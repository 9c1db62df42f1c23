"""Nothing the platform says is lost on the way into the region folder."""

from __future__ import annotations

import pytest

from samskap.kernel.languages import LANGUAGES
from samskap.strategy.actions import load_region, load_strategy, publish_strategy
from samskap.strategy.public import current_strategy
from samskap.strategy.reading import read_region, read_strategy
from samskap.trust.doers import OPERATOR
from tests.world.region import FOLDER, NOON, TODAY
from tests.world.remembering import remembered
from tests.world.strategy_statements import STATEMENTS


@pytest.fixture
def strategy(db):  # noqa: ARG001 - the strategy is kept in it
    remembered(_publish)
    return current_strategy(on=TODAY)


def _publish():
    load_region(facts=read_region(FOLDER / "region.yaml"), by=OPERATOR, at=NOON)
    version = load_strategy(facts=read_strategy(FOLDER / "strategy.yaml"), by=OPERATOR, at=NOON)
    publish_strategy(version=version, by=OPERATOR, at=NOON)


def test_the_statements_are_numbered_without_a_gap():
    assert [each.number for each in STATEMENTS] == list(range(1, len(STATEMENTS) + 1))


@pytest.mark.django_db
def test_every_statement_of_the_platform_is_an_element_of_the_strategy(strategy):
    lost = [each for each in STATEMENTS if strategy.element(each.kind, each.key) is None]

    assert lost == []


@pytest.mark.django_db
def test_every_element_has_a_title_and_a_body_in_each_language(strategy):
    empty = [
        (each.kind, each.key, field, language)
        for each in strategy.everything()
        for field, text in (("title", each.title), ("body", each.body))
        for language in LANGUAGES
        if not text.get(language, "").strip()
    ]

    assert empty == []


@pytest.mark.django_db
def test_a_statement_is_said_in_the_section_of_the_platform_where_it_stands(strategy):
    elsewhere = [
        (each.number, found.section)
        for each in STATEMENTS
        if (found := strategy.element(each.kind, each.key)) and found.section
        if found.section != each.section
    ]

    assert elsewhere == []


@pytest.mark.django_db
def test_what_no_statement_says_is_a_note_of_ours_or_a_part_of_what_is_said(strategy):
    said = {(each.kind, each.key) for each in STATEMENTS}
    unsaid = [
        (each.kind, each.key)
        for each in strategy.everything()
        if (each.kind, each.key) not in said and each.parent is None
    ]

    assert unsaid == [
        ("focus-area", "bioeconomy"),
        ("focus-area", "digital"),
        ("focus-area", "attraction"),
        ("focus-area", "competence-inclusion"),
        ("note", "sub-region-members"),
        ("note", "in-our-own-words"),
    ]
