"""What the world sees of the strategy: published versions as trees, and what changed."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel.text import LocalisedText
from samskap.strategy import public
from samskap.strategy.actions import load_region, load_strategy, publish_strategy
from samskap.strategy.compute import FieldChange, differences_between
from samskap.strategy.facts import ElementFacts, Reference
from samskap.strategy.reading import read_region, read_strategy
from samskap.trust.doers import OPERATOR
from tests.world.region import FOLDER, NOON, TODAY
from tests.world.remembering import remembered
from tests.world.strategies import area, goal, said, strategy, vision


def publish(facts):
    version = load_strategy(facts=facts, by=OPERATOR, at=NOON)
    return publish_strategy(version=version, by=OPERATOR, at=NOON)


@pytest.fixture
def ostfold():
    """Østfold's own strategy, published, as the world sees it."""
    remembered(_publish_ostfolds)
    return public.current_strategy(on=TODAY)


def _publish_ostfolds():
    publish(read_strategy(FOLDER / "strategy.yaml"))


def keys(elements):
    return [element.key for element in elements]


# The partnership ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_before_a_region_is_loaded_there_is_no_partnership_and_no_strategy():
    assert public.partnership() is None
    assert public.current_strategy(on=TODAY) is None
    assert public.versions() == []
    assert public.element(None, "vision", "vision") is None


@pytest.mark.django_db
def test_the_partnership_is_what_the_region_file_says(django_assert_num_queries):
    load_region(facts=read_region(FOLDER / "region.yaml"), by=OPERATOR, at=NOON)

    with django_assert_num_queries(1):
        partnership = public.partnership()

    assert partnership.name == {
        "nb": "Partnerskap for næringsutvikling i Østfold",
        "sv": "Partnerskap för näringslivsutveckling i Østfold",
        "en": "Partnership for Business Development in Østfold",
    }
    assert (partnership.home_country, partnership.home_place) == ("NO", "31")
    assert [each.key for each in partnership.sub_regions] == [
        "moss",
        "nedre-glomma",
        "halden",
        "indre-ostfold",
    ]
    assert partnership.neighbours[1] == public.Neighbour(
        "varmland",
        LocalisedText({"nb": "Värmland", "sv": "Värmland", "en": "Värmland"}),
        "SE",
        ("17",),
    )


# The strategy -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_model_has_three_pillars_one_band_across_and_two_areas_beneath(ostfold):
    assert keys(ostfold.effort_areas) == ["green-industry", "bioeconomy", "digital"]
    assert keys(ostfold.cross_cutting_areas) == ["attraction"]
    assert keys(ostfold.support_areas) == ["capital-access", "competence-inclusion"]
    assert {area.serves for area in ostfold.support_areas} == {
        ("green-industry", "bioeconomy", "digital")
    }


@pytest.mark.django_db
def test_an_element_has_its_parts_and_knows_what_it_is_a_part_of(ostfold):
    capital = ostfold.element("focus-area", "capital-access")
    (investment,) = capital.parts("goal")
    (investors,) = investment.parts("theme")

    assert (investment.key, investment.parent) == (
        "private-investment",
        ("focus-area", "capital-access"),
    )
    assert (investors.key, investors.parent, investors.children) == (
        "private-investors",
        ("goal", "private-investment"),
        (),
    )
    assert keys(ostfold.one("purpose").parts("precondition")) == [
        "nature",
        "research-and-development",
        "it-and-ai",
        "primary-production-and-food",
        "adaptable-industry",
    ]


@pytest.mark.django_db
def test_trust_is_the_ground_of_the_other_values(ostfold):
    assert [(value.key, value.is_ground) for value in ostfold.of_kind("value")] == [
        ("trust", True),
        ("future-oriented", False),
        ("enthusiasm", False),
        ("collaboration", False),
    ]


DIVE_OPP = (
    "Smarte omstillingsmuligheter i Moss, Follo, Halden, Fredrikstad/Sarpsborg og Indre Østfold"
)


@pytest.mark.django_db
def test_seven_analyses_back_the_three_effort_areas(ostfold):
    analyses = [
        (each.attributes["publisher"], each.title["nb"])
        for each in ostfold.of_kind("evidence")
        if each.attributes["form"] == "analysis"
    ]

    assert analyses == [
        ("Menon", "Muligheter i Viken etter korona"),
        ("Samfunnsøkonomisk Analyse", "Kompetansebehov i Viken"),
        ("DiveOpp", DIVE_OPP),
        ("Viken Tech", "Smarte diversifiseringsmuligheter i Østfold og Follo"),
        ("Menon", "Smart spesialisering i Østfold"),
        ("Viken fylkeskommune", "Grønt Industriløft i Nye Østfold"),
        ("Viken fylkeskommune", "Regionalt plangrunnlag"),
    ]
    assert {each.supports for each in ostfold.of_kind("evidence") if each.supports} == {
        ("green-industry", "bioeconomy", "digital")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("goals", [1, 3])
def test_a_strategy_takes_two_queries_however_much_it_says(goals, django_assert_num_queries):
    publish(strategy(vision(), area(), *(goal(f"goal-{number}") for number in range(goals))))

    with django_assert_num_queries(2):
        shown = public.current_strategy(on=TODAY)

    assert len(shown.everything()) == goals + 2


@pytest.mark.django_db
def test_an_element_is_found_in_the_current_version_and_in_an_older_one():
    publish(strategy(vision("Før"), label="2024-27"))
    publish(strategy(vision("Nå"), label="2024-27.2", adopted="2025-01"))

    found = {
        label: public.element(label, "vision", "vision").title["nb"]
        for label in (None, "2024-27", "2024-27.2")
    }

    assert found == {None: "Nå", "2024-27": "Før", "2024-27.2": "Nå"}
    assert public.element(None, "vision", "mission") is None
    assert public.element("2020-23", "vision", "vision") is None


@pytest.mark.django_db
def test_a_draft_is_nowhere_in_what_the_world_sees():
    publish(strategy(vision("Vedtatt"), label="2024-27"))
    load_strategy(
        facts=strategy(vision("Hemmelig"), label="draft", adopted="2026-01"),
        by=OPERATOR,
        at=NOON,
    )

    assert [version.label for version in public.versions()] == ["2024-27"]
    assert public.strategy_version("draft") is None
    assert public.element("draft", "vision", "vision") is None
    assert public.changes_between("2024-27", "draft") is None
    assert public.current_strategy(on=TODAY).one("vision").title["nb"] == "Vedtatt"


def test_what_is_published_cannot_be_changed():
    facts = [public.Partnership, public.Version, public.Element, public.Strategy, public.Changes]

    assert [each.__dataclass_params__.frozen for each in facts] == [True] * 5


# What changed -------------------------------------------------------------------------------------

OLD = strategy(
    vision("Sammen får vi ting til å skje!"),
    area("digital"),
    area("capital-access", kind="support", serves=["digital"]),
    goal("data", title="Bruk av data"),
    goal("verticals"),
    label="2024-27",
)
# By hand: one word in bokmål, one area more, one goal gone, another area served, one goal moved to
# another area, and two years more.
NEW = strategy(
    vision("Sammen får vi mer til å skje!"),
    area("digital"),
    area("green-industry"),
    area("capital-access", kind="support", serves=["digital", "green-industry"]),
    goal("data", of="green-industry", title="Bruk av data"),
    label="2024-29",
    last_year=2029,
    adopted="2026-10",
)


@pytest.mark.django_db
def test_what_changed_between_two_versions_is_told_by_element_field_and_language():
    publish(OLD)
    publish(NEW)

    changes = public.changes_between("2024-27", "2024-29")

    assert (changes.old.label, changes.new.label) == ("2024-27", "2024-29")
    assert changes.fields == (
        FieldChange("last_year", "", 2027, 2029),
        FieldChange("adopted", "", "2024-03", "2026-10"),
    )
    assert keys(changes.added) == ["green-industry"]
    assert keys(changes.removed) == ["verticals"]
    assert [(change.new.reference, change.fields) for change in changes.changed] == [
        (
            Reference("vision", "vision"),
            tuple(
                FieldChange(
                    "title",
                    language,
                    "Sammen får vi ting til å skje!",
                    "Sammen får vi mer til å skje!",
                )
                for language in ("nb", "sv", "en")
            ),
        ),
        (
            Reference("goal", "data"),
            (FieldChange("parent", "", "digital", "green-industry"),),
        ),
        (
            Reference("focus-area", "capital-access"),
            (FieldChange("serves", "", ["digital"], ["digital", "green-industry"]),),
        ),
    ]
    assert changes.changed[1].old.parent == Reference("focus-area", "digital")


def test_a_word_changed_in_one_language_is_told_of_that_language_alone():
    old = strategy(ElementFacts("role", "connector", said("Kobler", "Brobyggare"), said("x")))
    new = strategy(ElementFacts("role", "connector", said("Kobler", "Nätverkare"), said("x")))

    (change,) = differences_between(old, new).changed

    assert change.fields == (FieldChange("title", "sv", "Brobyggare", "Nätverkare"),)


def test_an_element_that_only_moved_has_not_changed():
    found = differences_between(strategy(vision(), area()), strategy(area(), vision()))

    assert (found.version, found.added, found.removed, found.changed) == ((), (), (), ())


@pytest.mark.django_db
def test_a_version_compared_with_itself_has_no_changes():
    publish(OLD)

    assert public.changes_between("2024-27", "2024-27").is_empty


SUBSETS = st.lists(st.sampled_from(OLD.elements), unique_by=lambda each: each.reference)


@given(one=SUBSETS, other=SUBSETS)
def test_what_is_added_one_way_is_removed_the_other_way(one, other):
    old = dataclasses.replace(OLD, elements=tuple(one))
    new = dataclasses.replace(OLD, elements=tuple(other))
    there, back = differences_between(old, new), differences_between(new, old)

    assert there.added == back.removed
    assert there.removed == back.added
    assert set(there.added) == {each.reference for each in other} - {each.reference for each in one}
