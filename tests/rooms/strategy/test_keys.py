"""The closed keys: the same everywhere, with a letter and a label in each language."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from samskap.kernel.languages import LANGUAGES
from samskap.strategy.keys import LETTERS, Factor, FocusAreaKey, FocusAreaKind, Side
from samskap.strategy.models import ElementKind
from samskap.strategy.reading import read_strategy, schema
from tests.world.region import FOLDER

STRATEGY = schema("strategy")["properties"]


@pytest.mark.parametrize(
    ("language", "letters"),
    [("nb", "MGFNK"), ("sv", "MEFNK"), ("en", "AERBC"), ("de", "MGFNK")],
)
def test_each_factor_has_its_letter_in_the_readers_language(language, letters):
    with translation.override(language):
        shown = "".join(factor.letter for factor in Factor)

    assert shown == letters


def test_no_two_factors_share_a_letter_in_any_language():
    for language in LANGUAGES:
        letters = [LETTERS[factor][language] for factor in Factor]

        assert sorted(set(letters)) == sorted(letters)


def test_the_schema_closes_the_same_lists_as_the_code():
    closed = {
        "factors": STRATEGY["factors"]["items"]["properties"]["key"]["enum"],
        "sides": STRATEGY["sides"]["items"]["properties"]["key"]["enum"],
        "kinds": STRATEGY["focus-areas"]["items"]["properties"]["kind"]["enum"],
    }

    assert closed == {
        "factors": Factor.values,
        "sides": Side.values,
        "kinds": FocusAreaKind.values,
    }


def test_the_region_has_every_closed_key_once_and_every_kind_of_element():
    elements = read_strategy(FOLDER / "strategy.yaml").elements
    by_kind = {
        kind: [each.key for each in elements if each.kind == kind] for kind in ElementKind.values
    }

    assert by_kind["factor"] == Factor.values
    assert by_kind["side"] == Side.values
    assert by_kind["focus-area"] == FocusAreaKey.values
    assert [kind for kind, keys in by_kind.items() if not keys] == []


@pytest.mark.parametrize("name", ["region", "strategy"])
def test_every_pattern_of_a_schema_has_an_example_to_show(name):
    assert _patterns_without_example(schema(name)) == []


@pytest.mark.parametrize("name", ["region", "strategy"])
def test_every_property_of_a_schema_is_described(name):
    document = schema(name)
    undescribed = [
        key
        for key, value in document["properties"].items()
        if "description" not in value and "description" not in _referred(document, value)
    ]

    assert undescribed == []


def _patterns_without_example(node):
    if isinstance(node, list):
        return [found for item in node for found in _patterns_without_example(item)]
    if not isinstance(node, dict):
        return []
    # A text that must not be blank is explained as that.
    here = "pattern" in node and node["pattern"] != r"\S" and "examples" not in node
    inside = [found for value in node.values() for found in _patterns_without_example(value)]
    return [json.dumps(node), *inside] if here else inside


def _referred(document, node):
    name = node.get("$ref", "").rpartition("/")[2]
    return document["$defs"].get(name, {})
