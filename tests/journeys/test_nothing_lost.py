"""What one has typed is there still: without a network, signed out, and beside somebody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import axe_findings
from tests.journeys.pages import sign_in_as

NEW_TALK = "/nb/arbeid/samtaler/ny/"
WRITTEN = "Det jeg skrev i bilen.\nDe har sagflis til overs, og vil ha den hentet."
BODY = "/nb/arbeid/organer/nytt/"


def sign_out_behind_their_back(context):
    """Take the session away, as a night does; the form's own cookie lasts a year."""
    context.clear_cookies(name="session")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_one_who_was_signed_out_meanwhile_signs_in_and_writes_on(visit, java_script_enabled):
    desk = visit(java_script_enabled=java_script_enabled)
    page = desk.page()
    sign_in_as(page, "secretariat")
    page.goto(NEW_TALK)
    page.get_by_label("Tre linjer").fill(WRITTEN)
    page.get_by_label("Neste steg").fill("Ring driftslederen")

    sign_out_behind_their_back(desk.context)
    page.get_by_role("button", name="Lagre samtalen").click()
    expect(page.get_by_text("Det du skrev, venter her til du har logget inn.")).to_be_visible()
    page.locator("form[data-demo-role='secretariat'] button").click()

    expect(page).to_have_url(re.compile(re.escape(NEW_TALK)))
    expect(page.get_by_label("Tre linjer")).to_have_value(WRITTEN)
    expect(page.get_by_label("Neste steg")).to_have_value("Ring driftslederen")
    expect(page.get_by_text("Du ble logget ut. Det du skrev, er her fortsatt.")).to_be_visible()


def test_another_who_signs_in_at_the_same_machine_gets_an_empty_form(visit):
    desk = visit()
    page = desk.page()
    sign_in_as(page, "secretariat")
    page.goto("/nb/arbeid/mine-data/")
    page.get_by_label("Med dine egne ord").fill("Dette er mellom meg og dere.")

    sign_out_behind_their_back(desk.context)
    page.get_by_role("button", name="Send det til sekretariatet").click()
    page.locator("form[data-demo-role='board-member'] button").click()

    expect(page).to_have_url(re.compile(r"/nb/arbeid/$"))
    expect(page.get_by_text("Dette er mellom meg og dere.")).to_have_count(0)


def test_a_form_stays_where_it_is_when_the_network_is_away_and_is_sent_when_it_is_back(visit):
    desk = visit()
    desk.expected.append("net::ERR_")
    page = desk.page()
    sign_in_as(page, "secretariat")
    page.goto(BODY)
    page.get_by_label("Navn", exact=True).fill("Rådet for nettløse")
    save = page.get_by_role("main").locator(".buttons button")

    desk.context.set_offline(True)
    save.click()
    notice = page.get_by_role("alert").filter(has_text="Vi får ikke kontakt")
    expect(notice).to_be_focused()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Rådet for nettløse")
    assert axe_findings(page) == []

    desk.context.set_offline(False)
    save.click()
    expect(page).to_have_url(re.compile(r"/organer/radet-for-nettlose/$"))


def test_a_machine_of_ours_that_is_away_is_told_of_in_the_form_too(visit):
    desk = visit()
    desk.expected.append("net::ERR_")
    page = desk.page()
    sign_in_as(page, "secretariat")
    page.goto(BODY)
    page.get_by_label("Navn", exact=True).fill("Rådet for ventende")

    page.route("**/health/live", lambda route: route.abort("connectionrefused"))
    page.get_by_role("main").locator(".buttons button").click()

    expect(page.get_by_text("Ingenting er sendt, og alt du skrev, står her.")).to_be_visible()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Rådet for ventende")


def test_two_at_one_form_and_the_second_chooses_with_the_keyboard(visit):
    one, other = visit(), visit()
    one.expected.append("409")
    mine, theirs = one.page(), other.page()
    for page in (mine, theirs):
        sign_in_as(page, "secretariat")
    mine.goto(BODY)
    mine.get_by_label("Navn", exact=True).fill("Rådet for to")
    mine.get_by_role("main").locator(".buttons button").click()
    expect(mine).to_have_url(re.compile(r"/organer/radet-for-to/$"))
    for page, said in ((theirs, "Deres formål"), (mine, "Mitt formål")):
        page.goto("/nb/arbeid/organer/radet-for-to/endre/")
        page.get_by_label("Hva det er til for").fill(said)
    theirs.get_by_role("main").locator(".buttons button").click()
    expect(theirs).to_have_url(re.compile(r"/organer/radet-for-to/$"))

    mine.get_by_role("main").locator(".buttons button").click()
    expect(mine.get_by_role("alert")).to_contain_text("endret dette mens du skrev")
    expect(mine.get_by_label("Hva det er til for").last).to_have_value("Mitt formål")
    assert axe_findings(mine) == []
    mine.get_by_role("radio", name="Du skrev").focus()
    mine.keyboard.press("ArrowUp")
    expect(mine.get_by_role("radio", name="De skrev")).to_be_checked()
    mine.keyboard.press("Enter")

    expect(mine).to_have_url(re.compile(r"/organer/radet-for-to/$"))
    expect(mine.get_by_role("main")).to_contain_text("Deres formål")
