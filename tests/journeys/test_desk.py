"""Those with an account: in by the front door, at work, and out again."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import axe_findings
from tests.journeys.pages import DESK_FORMS, DESK_PAGES, sign_in_as


def passwords(installation) -> dict[str, str]:
    kept = installation.data / "secrets" / "demo-accounts.json"
    return dict(json.loads(kept.read_text(encoding="utf-8")))


def test_the_password_of_the_closing_line_opens_the_door(visit, installation):
    page = visit().page()

    page.goto("/nb/arbeid/")
    page.get_by_label("E-postadresse").fill("sekretariat@demo.example")
    page.get_by_label("Passord").fill(passwords(installation)["sekretariat@demo.example"])
    page.get_by_role("button", name="Logg inn", exact=True).click()

    expect(page).to_have_url(re.compile(r"/nb/arbeid/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("dytt i dag")


def test_a_wrong_password_keeps_the_address_that_was_typed(visit):
    page = visit().page()

    page.goto("/nb/konto/login/")
    page.get_by_label("E-postadresse").fill("sekretariat@demo.example")
    page.get_by_label("Passord").fill("et-helt-annet-ord")
    page.get_by_role("button", name="Logg inn", exact=True).click()

    expect(page.get_by_label("E-postadresse")).to_have_value("sekretariat@demo.example")
    expect(page.get_by_role("group", name="Én ting er ikke riktig ennå")).to_be_focused()


def test_a_forgotten_password_is_replaced_by_a_letter_from_the_outbox(visit):
    page = visit().page()

    page.goto("/nb/konto/password/reset/")
    page.get_by_label("E-postadresse").fill("styret@demo.example")
    page.get_by_role("button", name="Send e-posten").click()
    letter = page.get_by_role("listitem").get_by_role(
        "link", name=re.compile("passord", re.IGNORECASE)
    )
    for _ in range(50):
        page.goto("/demo/utboks")
        if letter.count():
            break
        page.wait_for_timeout(200)
    letter.first.click()
    page.locator("a[href*='/password/reset/key/']").click()
    new = "fem-nye-ord-til-laasen"
    for field in page.locator("input[type=password]").all():
        field.fill(new)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/password/reset/key/done/")
    page.goto("/nb/konto/login/")
    page.get_by_label("E-postadresse").fill("styret@demo.example")
    page.get_by_label("Passord").fill(new)
    page.get_by_role("button", name="Logg inn", exact=True).click()

    expect(page).to_have_url(re.compile(r"/nb/arbeid/$"))


def test_what_the_secretariat_typed_survives_a_wrong_number_and_the_actor_is_then_found(visit):
    desk = visit()
    desk.expected.append("422")
    page = desk.page()
    sign_in_as(page, "secretariat")

    page.goto("/nb/arbeid/aktorer/ny/")
    page.get_by_label("Navn", exact=True).fill("Reiseverkstedet på Øra AS")
    page.get_by_label("Type").select_option("company")
    page.get_by_label("Organisasjonsnummer", exact=True).first.fill("313131310")
    page.get_by_label("Sted").first.select_option(label="Fredrikstad")
    page.get_by_label("Næringsliv").check()
    page.locator("#id_reason_business").fill("Setter i stand sykler og ski.")
    page.get_by_label("Hvor vi kjenner den fra").select_option(index=1)
    page.get_by_label("Synlig for").select_option("public")
    page.get_by_role("button", name="Registrer").first.click()
    expect(page.get_by_text("313131310").first).to_be_visible()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Reiseverkstedet på Øra AS")
    page.get_by_label("Organisasjonsnummer", exact=True).first.fill("")
    page.get_by_role("button", name="Registrer").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reiseverkstedet på Øra AS")

    public = visit().page()
    public.goto("/nb/hvem-er-hvem/?q=reiseverksted")
    expect(public.get_by_role("link", name="Reiseverkstedet på Øra AS")).to_be_visible()
    expect(public.get_by_role("main").get_by_text("Eksempel", exact=True)).to_be_visible()


def test_a_signed_in_person_signs_out_again(visit):
    page = visit().page()
    sign_in_as(page, "auditor")

    page.goto("/nb/konto/logout/")
    page.get_by_role("main").get_by_role("button").click()

    page.goto("/nb/arbeid/")
    expect(page).to_have_url(re.compile(r"/nb/konto/login/"))


def test_axe_finds_nothing_at_any_desk(visit):
    found = []
    for role, addresses in DESK_PAGES.items():
        page = visit().page()
        sign_in_as(page, role)
        for address in addresses:
            page.goto(address)
            found += axe_findings(page)

    assert found == []


def test_no_page_of_any_desk_scrolls_sideways_at_320_pixels(visit):
    wide = []
    for role, addresses in DESK_PAGES.items():
        page = visit(viewport={"width": 320, "height": 640}).page()
        sign_in_as(page, role)
        for address in addresses:
            page.goto(address)
            wide += _too_wide(page, 320)

    assert wide == []


def test_no_form_behind_a_row_scrolls_sideways_and_axe_finds_nothing_there(visit):
    page = visit(viewport={"width": 320, "height": 640}).page()
    sign_in_as(page, "secretariat")
    found = []
    for list_address, link in DESK_FORMS:
        page.goto(list_address)
        page.goto(str(page.locator(f"main {link}").first.get_attribute("href")))
        found += [*_too_wide(page, 320), *axe_findings(page)]

    assert found == []


@pytest.mark.parametrize("role", DESK_PAGES)
def test_the_menu_of_the_desk_stays_on_one_line_at_1280(visit, role):
    page = visit().page()
    sign_in_as(page, role)

    tops = (
        page.get_by_role("navigation", name="Hovedmeny")
        .get_by_role("link")
        .evaluate_all("all => all.map(each => Math.round(each.getBoundingClientRect().top))")
    )

    assert len(set(tops)) == 1


def test_the_first_step_of_the_lists_is_in_sight_on_a_phone(visit):
    page = visit(viewport={"width": 390, "height": 844}).page()
    sign_in_as(page, "secretariat")

    hidden = []
    for name in ("aktorer", "partnere", "loper-ut", "organer", "samtaler", "aktorer/dobbelte"):
        page.goto(f"/nb/arbeid/{name}/")
        box = page.locator("main [data-primary]").first.bounding_box()
        if box is None or box["y"] + box["height"] > 844:
            hidden.append((name, box))

    assert hidden == []


def _too_wide(page, most) -> list[tuple[str, int]]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [(page.url, width)] if width > most else []
