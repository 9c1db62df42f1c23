"""The network by mouse, by keyboard, on a phone, and without what the picture needs."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from tests.journeys.pages import sign_in_as

ADDRESS = "/nb/hvem-er-hvem/nettverk/"
PATIENCE_MS = 20_000


def drawn(page, address=ADDRESS):
    page.goto(address)
    expect(page.locator("figure[data-drawn]")).to_have_count(1, timeout=PATIENCE_MS)
    return page.locator(".network__canvas")


def test_tab_leads_from_the_list_to_the_network_of_the_same_selection(visit):
    page = visit().page()
    page.goto("/nb/hvem-er-hvem/?factor=capital")

    page.get_by_role("navigation", name="Måter å se dem på").get_by_role("link").nth(2).click()

    expect(page).to_have_url(re.compile(rf"{ADDRESS}\?factor=capital$"))
    told = json.loads(page.evaluate("fetch('/api/v1/network?factor=capital').then(a => a.text())"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        f"{len(told['actors']['slug'])} aktører"
    )


def test_picture_is_walked_by_keyboard_and_opens_an_actor(visit):
    page = visit().page()
    canvas = drawn(page)

    canvas.focus()
    page.keyboard.press("ArrowDown")
    first = page.locator("[data-said]").inner_text()
    page.keyboard.press("ArrowRight")
    second = page.locator("[data-said]").inner_text()
    assert "" not in {first, second}
    assert first != second
    name = page.locator(".network__who").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator(".network__panel")).to_be_hidden()

    page.keyboard.press("ArrowDown")
    name = page.locator(".network__who").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_one_with_the_most_ties_is_told_the_same_in_picture_and_table(visit):
    page = visit().page()
    canvas = drawn(page)

    canvas.focus()
    page.keyboard.press("ArrowDown")
    name = page.locator(".network__who").inner_text()
    row = page.locator("tr", has=page.get_by_role("link", name=name, exact=True)).first
    degree = row.locator("td.number").first.inner_text()

    expect(page.locator(".network__panel")).to_contain_text(f"{degree} bånd")


def test_buttons_go_closer_and_further_away(visit):
    page = visit(reduced_motion="reduce").page()
    drawn(page)

    page.get_by_role("button", name="Nærmere").click()
    page.get_by_role("button", name="Se alt").click()
    page.get_by_role("button", name="Lenger unna").click()

    expect(page.locator("figure[data-drawn]")).to_have_count(1)


def test_phone_has_no_sideways_scroll_and_says_how_two_are_connected(visit):
    page = visit(viewport={"width": 390, "height": 844}).page()
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    names = page.locator("#names option").evaluate_all("all => all.map(each => each.value)")
    page.get_by_label("Fra", exact=True).fill(names[0])
    page.get_by_label("Til", exact=True).fill(names[-1])
    page.get_by_role("button", name="Finn veien").click()

    expect(page.locator("#way-head")).not_to_have_text("Hvordan henger disse to sammen?")


def test_without_a_script_everything_is_in_the_tables(visit):
    page = visit(java_script_enabled=False).page()

    page.goto(ADDRESS)

    expect(page.locator("[data-fault]")).to_contain_text("Tabellene under sier det samme")
    expect(page.locator(".network__picture")).to_be_hidden()
    assert page.locator("tbody tr").count() > 25


def test_desk_has_the_network_of_what_its_reader_may_see(visit):
    page = visit().page()
    sign_in_as(page, "secretariat")

    drawn(page, "/nb/arbeid/aktorer/nettverk/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("bånd")
