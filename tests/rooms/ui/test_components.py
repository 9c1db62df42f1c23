"""The components say what they show, to everyone."""

from __future__ import annotations

import math
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from samskap.kernel.text import LocalisedText
from samskap.ui.drawings import Bubble, Knot
from samskap.ui.marks import MARKS


def drawn(template, **context):
    made = engines["django"].from_string("{% load ui %}" + template)
    return " ".join(made.render(context, RequestFactory().get("/nb/")).split())


@pytest.mark.parametrize(
    ("language", "letters"), [("nb", "MGFNK"), ("sv", "MEFNK"), ("en", "AERBC")]
)
def test_the_letters_of_the_factors_follow_the_language(language, letters):
    with override(language):
        assert "".join(mark.letter for mark in MARKS.values()) == letters


def test_a_factor_mark_is_a_letter_for_the_eye_and_a_name_for_the_ear():
    with override("nb"):
        mark = drawn('{% factor_mark "capital" %}')

    assert mark == (
        '<span class="factor-mark factor--capital" aria-hidden="true">K</span>'
        '<span class="sr">Kapital</span>'
    )


def test_an_empty_cell_of_the_coverage_says_that_nobody_is_there():
    with override("nb"):
        cell = drawn('{% coverage_cell 0 "capital" "/nb/" %}')

    assert '<td class="coverage__gap">' in cell
    assert '<span class="sr">ingen</span>' in cell


def test_a_cell_of_the_coverage_says_its_number_in_words_as_well():
    with override("nb"):
        cell = drawn('{% coverage_cell 3 "business" "/nb/hvem-er-hvem/?factor=business" %}')

    assert '<span class="sr"> 3 aktører </span>' in cell
    assert 'href="/nb/hvem-er-hvem/?factor=business"' in cell


def test_a_bubble_grows_by_area_and_stays_in_its_cell():
    assert [Bubble.of(count).size for count in (1, 2, 5)] == [26, 27, 29]
    assert Bubble.of(10_000).size == 46


def test_the_largest_factor_has_the_largest_disc_and_an_absent_one_is_still_drawn():
    knot = Knot.of({"business": 12, "capital": 3}, {})
    radius = {node.mark.key: node.radius for node in knot.nodes}

    assert max(radius, key=radius.get) == "business"
    # Area grows with the count: capital is a quarter of the way from the smallest to the largest.
    smallest, largest = radius["public-authority"], radius["business"]
    quarter = math.sqrt(smallest**2 + (largest**2 - smallest**2) / 4)
    assert radius["capital"] == pytest.approx(quarter, abs=0.06)


def test_the_knot_ties_each_factor_to_every_other():
    ties = {(tie.start.mark.key, tie.end.mark.key) for tie in Knot.of({}, {}).ties}

    assert len(ties) == 10


def test_the_page_one_stands_on_is_told_and_the_search_is_kept():
    page = Paginator(range(100), 20).page(2)
    request = RequestFactory().get("/nb/hvem-er-hvem/", {"q": "bio", "page": "2"})
    template = engines["django"].from_string("{% load ui %}{% pagination page %}")
    pages = template.render({"page": page}, request)

    assert pages.count('aria-current="page"') == 1
    assert 'href="?q=bio&amp;page=3"' in pages


def test_a_list_of_one_page_has_no_way_on():
    page = Paginator(range(3), 20).page(1)

    assert drawn("{% pagination page %}", page=page) == ""


def test_a_button_is_a_link_when_it_leads_somewhere_and_sends_its_form_when_not():
    assert drawn('{% button "Videre" href="/nb/" %}').startswith("<a ")
    assert 'type="submit"' in drawn('{% button "Send" %}')


def test_what_is_put_into_a_component_is_escaped():
    said = drawn("{% notice title=title %}{{ inner }}{% endnotice %}", title="<b>", inner="<i>")

    assert "<b>" not in said
    assert "<i>" not in said


class Enquiry(forms.Form):
    email = forms.EmailField(label="E-post")
    factors = forms.MultipleChoiceField(
        label="Faktorer",
        choices=[("capital", "Kapital")],
        widget=forms.CheckboxSelectMultiple,
    )


def test_each_fault_of_a_form_leads_to_its_field():
    form = Enquiry({"email": "post"})
    page = drawn(
        "{% error_summary form %}{% for each in form %}{% field each %}{% endfor %}", form=form
    )
    leads = re.findall(r'href="#([^"]+)"', page)

    assert leads == ["id_email", "id_factors"]
    assert all(f'id="{there}"' in page for there in leads)


def test_a_fault_is_tied_to_its_field_for_a_screen_reader():
    page = drawn("{% field form.email %}", form=Enquiry({"email": "post"}))

    assert 'aria-invalid="true"' in page
    assert re.findall(r'aria-describedby="([^"]+)"', page) == ["id_email_error"]
    assert 'id="id_email_error"' in page


def test_a_form_without_faults_has_no_summary():
    assert drawn("{% error_summary form %}", form=Enquiry()) == ""


NORWEGIAN = LocalisedText({"nb": "Mat & drikke i Østfold"})
BOTH = LocalisedText({"nb": "Kapital", "sv": "Kapitalet"})


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("nb", NORWEGIAN, "Mat &amp; drikke i Østfold"),
        ("sv", NORWEGIAN, '<span lang="nb">Mat &amp; drikke i Østfold</span>'),
        ("sv", BOTH, "Kapitalet"),
        ("en", BOTH, '<span lang="nb">Kapital</span>'),
        ("en", LocalisedText(), ""),
        ("en", "<b>plain</b>", "&lt;b&gt;plain&lt;/b&gt;"),
    ],
)
def test_a_text_in_another_language_than_the_page_says_which(language, text, shown):
    with override(language):
        assert drawn("{{ text|said }}", text=text) == shown


def test_a_text_cut_short_is_still_said_in_its_language():
    with override("sv"):
        brief = drawn("{{ text|in_brief:2|said }}", text=NORWEGIAN)

    assert brief == '<span lang="nb">Mat &amp;…</span>'


class Thing:
    name = LocalisedText({"nb": "Øra Verksted"})

    def __init__(self, *, is_demo) -> None:
        self.is_demo = is_demo


def test_an_invented_name_in_a_sentence_says_that_it_is_invented():
    with override("nb"):
        real = drawn("{{ thing|named }}", thing=Thing(is_demo=False))
        invented = drawn("{{ thing|named }}", thing=Thing(is_demo=True))

    assert real == "Øra Verksted"
    assert invented == 'Øra Verksted <span class="tag tag--example">Eksempel</span>'
    with override("en"):
        assert drawn("{{ thing|named }}", thing=Thing(is_demo=True)) == (
            '<span lang="nb">Øra Verksted</span> <span class="tag tag--example">Example</span>'
        )


def test_a_rows_button_says_what_it_is_about_to_those_who_do_not_see_the_row():
    button = drawn('{% button "Read" href="/nb/" variant="secondary" about=text %}', text="A & B")

    assert button.endswith('>Read<span class="sr">: A &amp; B</span></a>')


def test_the_primary_button_alone_is_marked_as_such():
    primary = drawn('{% button "Go" href="/nb/" %}')
    secondary = drawn('{% button "Go" href="/nb/" variant="secondary" %}')

    assert ("data-primary" in primary, "data-primary" in secondary) == (True, False)
