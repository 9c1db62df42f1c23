"""Norwegian order, as a directory has it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel.folding import folded, on_any_keyboard, searchable, slug_of
from samskap.kernel.sorting import norwegian_sort_key


def in_order(names):
    backwards = names[::-1]
    return sorted(backwards, key=norwegian_sort_key)


@pytest.mark.parametrize(
    "names",
    [
        [
            "Aremark",
            "Fredrikstad",
            "Moss",
            "Rakkestad",
            "Råde",
            "Sarpsborg",
            "Våler",
            "Østby",
            "Ås",
        ],
        ["Zeta", "Ærlig", "Ørje", "Ås", "Aasgaard"],
        ["Bed", "Bedrift 2", "Bedrift 10", "Bedrift 100"],
        ["Moss", "Moss kommune", "Mossefjorden"],
        ["Valer", "Våler"],
    ],
)
def test_names_stand_in_norwegian_order(names):
    assert in_order(names) == names


def test_double_a_stands_with_ring_a_and_swedish_letters_with_ours():
    assert norwegian_sort_key("Aas") == norwegian_sort_key("Ås")
    assert norwegian_sort_key("Årjäng") == norwegian_sort_key("Årjæng")
    assert norwegian_sort_key("Öst") == norwegian_sort_key("Øst")


@given(st.text(alphabet="aAåÅæÆøØäÄöÖéÉ zZ-09", max_size=12))
def test_the_order_does_not_depend_on_how_the_letters_were_composed(text):
    apart = unicodedata.normalize("NFD", text)

    assert norwegian_sort_key(apart) == norwegian_sort_key(text)
    assert folded(apart) == folded(text)
    assert on_any_keyboard(apart) == on_any_keyboard(text)


def test_a_search_passes_over_case_accents_and_signs():
    assert folded("Sarpsborg  KOMMUNE (SK)") == "sarpsborg kommune sk"
    assert folded("Café Ångström") == "cafe ångstrøm"


def test_what_is_searched_in_is_found_with_and_without_our_letters():
    assert searchable("Ås kommune") == "ås kommune\nas kommune"
    assert searchable("Moss") == "moss"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Østfold fylkeskommune", "ostfold-fylkeskommune"),
        ("Årjäng Träförädling AB", "arjang-traforadling-ab"),
        (
            "Norges miljø- og biovitenskapelige universitet",
            "norges-miljo-og-biovitenskapelige-universitet",
        ),
        ("Ærfugl & Sønn", "aerfugl-sonn"),
    ],
)
def test_an_address_is_written_with_letters_that_any_keyboard_has(name, slug):
    assert slug_of(name) == slug
