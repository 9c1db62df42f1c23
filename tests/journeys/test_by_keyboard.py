"""The ways through the house with Tab, Enter and arrows alone."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

from tests.journeys.conftest import axe_findings
from tests.journeys.keys import press_on, skip_to_content, tab_to
from tests.journeys.pages import sign_in_as

PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000


def heading(page):
    return page.get_by_role("heading", level=1)


def test_the_directory_is_searched_and_an_actor_opened(visit):
    page = visit().page()
    page.goto("/nb/hvem-er-hvem/")

    skip_to_content(page)
    tab_to(page, page.locator("#q"))
    page.keyboard.type("vaterland")
    found = page.locator(".actor__link", has_text="Vaterland Mat AS")
    expect(page.locator(".actor__link")).to_have_count(1)
    press_on(page, found)

    expect(heading(page)).to_contain_text("Vaterland Mat AS")


def test_a_place_on_the_map_leads_to_those_who_are_there_and_its_table_to_the_place(visit):
    page = visit().page()
    page.goto("/nb/hvem-er-hvem/?as=map")

    press_on(page, page.locator("#found-map .map__link[href*='place=3122']"))
    expect(page).to_have_url(re.compile(r"\?place=3122$"))
    page.go_back()
    press_on(page, page.locator("#found-map table a", has_text="Marker"))

    expect(page).to_have_url(re.compile(r"/nb/hvem-er-hvem/sted/3122/$"))
    press_on(page, page.locator("main [data-primary]"))
    expect(page.locator("#gaps")).to_be_in_viewport()
    press_on(page, page.locator("#place-map .map__link[href*='/sted/3120/']"))
    expect(heading(page)).to_contain_text("Rakkestad")


def test_the_network_is_walked_and_two_are_connected(visit):
    page = visit(reduced_motion="reduce").page()
    page.goto("/nb/hvem-er-hvem/nettverk/")
    expect(page.locator("figure[data-drawn]")).to_have_count(1, timeout=PATIENCE_MS)

    tab_to(page, page.locator(".network__canvas"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".network__panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".network__panel")).to_be_hidden()
    tab_to(page, page.locator("#one"))
    page.keyboard.type("Vaterland Mat AS")
    tab_to(page, page.locator("#other"))
    page.keyboard.type("Sarpsborg kommune")
    page.keyboard.press("Enter")

    expect(page.locator("#way-head")).to_contain_text("Vaterland Mat AS")


def test_an_actor_page_leads_on_to_whom_they_are_tied_to_and_to_their_place(visit):
    page = visit().page()
    page.goto("/nb/hvem-er-hvem/vaterland-mat-as/")
    tie = page.locator("section[aria-labelledby='ties'] a[href*='/hvem-er-hvem/']").first
    other = tie.inner_text()

    press_on(page, tie)
    expect(heading(page)).to_contain_text(other)
    page.go_back()
    press_on(page, page.locator("a[href*='/hvem-er-hvem/sted/']"))

    expect(page).to_have_url(re.compile(r"/sted/\d+/$"))


def test_people_and_the_log_are_kept_on_a_phone(visit):
    page = visit(viewport=PHONE, has_touch=True).page()
    sign_in_as(page, "secretariat")
    page.goto("/nb/arbeid/aktorer/vaterland-mat-as/kontakter/")

    press_on(page, page.locator("main [data-primary]"))
    tab_to(page, page.get_by_label("Navn", exact=True))
    page.keyboard.type("Tastatur Tangen")
    tab_to(page, page.get_by_label("Hvor vi har det fra"))
    page.keyboard.type("Et visittkort")
    press_on(page, page.get_by_role("main").locator("[data-primary]"))
    expect(page.get_by_role("main")).to_contain_text("Tastatur Tangen")

    page.goto("/nb/arbeid/samtaler/ny/?actor=vaterland-mat-as")
    tab_to(page, page.locator("input[name='kind']"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    kind = page.locator("input[name='kind']:checked")
    expect(kind).to_be_focused()
    tab_to(page, page.locator("textarea[name='text']"))
    page.keyboard.type("De vil vise fram tørkeriet. Skrevet uten mus.")
    press_on(page, page.get_by_role("button", name="Lagre samtalen"))
    expect(page).not_to_have_url(re.compile("/samtaler/ny/"))

    page.goto("/nb/arbeid/aktorer/vaterland-mat-as/samtaler/")
    expect(page.get_by_role("main")).to_contain_text("Skrevet uten mus.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_file_is_looked_through_before_it_is_brought_in(visit):
    page = visit().page()
    sign_in_as(page, "secretariat")
    page.goto("/nb/arbeid/aktorer/importer/")
    rows = "navn;kommune;type\nTastaturverket AS;3105;company\n"
    # A browser's own window for choosing files is beyond the page.
    page.locator("input[type='file']").set_input_files(
        {"name": "tastatur.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )

    press_on(page, page.locator("main [data-primary]"))
    expect(page.locator("#rows")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("main")).to_contain_text("Tastaturverket AS")
    press_on(page, page.locator("a[href='?outcome=rejected']"))
    expect(page).to_have_url(re.compile(r"outcome=rejected$"))
    press_on(page, page.get_by_role("button", name="Legg filen bort"))

    expect(page.locator("body")).to_contain_text("tastatur.csv er lagt bort.")


def test_two_become_one_by_arrows_and_are_two_again(visit):
    page = visit().page()
    sign_in_as(page, "secretariat")
    page.goto("/nb/arbeid/aktorer/halden-grenseinkubator/sla-sammen/svinesund-naeringshage/")

    expect(heading(page)).to_have_text("Er de den samme?")
    name = page.locator("input[type='radio']").first.get_attribute("name")
    tab_to(page, page.locator(f"input[name='{name}']:checked"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"input[name='{name}']:checked")).to_be_focused()
    expect(page.locator(f"input[name='{name}']:checked")).to_have_value("absorbed")
    page.goto(page.url)
    press_on(page, page.get_by_role("button", name="Ja, slå dem sammen"))
    expect(page).not_to_have_url(re.compile("/sla-sammen/"))
    page.goto("/nb/arbeid/aktorer/dobbelte/")
    taken_back = page.locator("form[action*='/angre/'] button")
    number = taken_back.count()
    press_on(page, taken_back)
    expect(taken_back).to_have_count(number - 1)

    page.goto("/nb/arbeid/aktorer/svinesund-naeringshage/")
    expect(heading(page)).to_contain_text("Svinesund")


def test_a_letter_is_asked_for_answered_and_thanked_for(visit):
    desk = visit().page()
    sign_in_as(desk, "secretariat")
    before = _letters(desk)
    desk.goto("/nb/arbeid/aktorer/vaterland-mat-as/spor/")
    press_on(desk, desk.get_by_role("button", name="Send brevet"))
    expect(heading(desk)).not_to_contain_text("Skal vi spørre")
    page = visit(viewport=PHONE).page()
    page.goto(_newest_letter(desk, after=before))

    expect(heading(page)).to_contain_text("Vaterland Mat AS")
    assert axe_findings(page) == []
    for width in (320, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    press_on(page, page.get_by_role("button", name="Send svaret"))

    expect(heading(page)).to_have_text("Takk, vi har fått svaret ditt")
    press_on(page, page.locator("main [data-primary]"))
    expect(page).to_have_url(re.compile(r"/nb/$"))


def _letters(page):
    page.goto("/demo/utboks")
    return page.locator("main a[href*='/demo/utboks/']").evaluate_all(
        "all => all.map(each => each.href)"
    )


def _newest_letter(page, *, after):
    """Return the address in the letter that a worker sends in a moment."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not (new := [each for each in _letters(page) if each not in after]):
        assert time.monotonic() < deadline
    page.goto(new[0])
    return re.findall(r"https?://\S+/svar/[^\s<\"]+", page.inner_text("main"))[0]


def test_the_balance_leads_from_a_gap_to_someone_to_call_and_the_paper_to_the_printer(visit):
    page = visit().page()
    sign_in_as(page, "secretariat")
    page.goto("/nb/arbeid/balanse/?of=partners")

    press_on(page, page.locator("main [data-primary]"))
    folded = page.locator("details.gap-group:not([open]) > summary")
    press_on(page, folded)
    expect(page.locator("details.gap-group[open] a[href^='tel:']").first).to_be_visible()
    press_on(page, page.locator(".coverage th a[href*='/hvem-er-hvem/sted/']"))
    expect(page).to_have_url(re.compile(r"/sted/\d+/$"))

    page.goto("/nb/arbeid/balanse/til-styret/")
    page.evaluate("window.print = () => document.body.setAttribute('data-printed', 'yes')")
    press_on(page, page.get_by_role("button", name="Skriv ut"))
    expect(page.locator("body[data-printed='yes']")).to_have_count(1)
