"""The balance by keyboard and on a phone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import sign_in_as


def test_whom_to_call_is_two_keys_away_from_a_folded_factor(visit):
    page = visit().page()
    page.goto("/nb/dekning/?of=partners")
    folded = page.locator("details.gap-group:not([open]) > summary").first

    folded.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    group = page.locator("details.gap-group[open]").nth(1)
    expect(group.get_by_role("link").first).to_be_focused()
    expect(group.locator("a[href^='tel:']").first).to_be_visible()


def test_a_selection_and_a_day_of_ones_own_stay_together(visit):
    page = visit().page()
    page.goto("/nb/dekning/?of=partners&factor=business")

    page.get_by_label("Siden dagen").fill("2026-01-15")
    page.get_by_role("button", name="Vis hva som er endret").click()

    expect(page).to_have_url(
        re.compile(r"/nb/dekning/\?of=partners&factor=business&since=2026-01-15#changed$")
    )
    expect(page.locator("#changed")).to_contain_text("15. januar 2026")


@pytest.mark.parametrize("width", [320, 390])
def test_the_paper_and_the_balance_never_scroll_sideways(visit, width):
    page = visit().page()
    page.set_viewport_size({"width": width, "height": 844})
    sign_in_as(page, "secretariat")

    for where in ("/nb/arbeid/balanse/?of=partners&since=year", "/nb/arbeid/balanse/til-styret/"):
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_for_the_board_is_at_most_two_sheets_of_a4(visit):
    page = visit().page()
    sign_in_as(page, "secretariat")
    page.goto("/nb/arbeid/balanse/til-styret/")
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()

    paper = page.pdf(prefer_css_page_size=True)

    sheets = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert len(sheets) <= 2
    assert {(round(float(wide)), round(float(high))) for wide, high in sheets} == {(595, 842)}
