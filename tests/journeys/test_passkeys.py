"""A passkey in a real browser, with an authenticator that the browser itself plays."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import TELL_ON_POLICY, Visit, axe_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

PARTNER = "partner@demo.example"


@pytest.fixture
def open_page(installation, browser) -> Iterator[Callable[..., Page]]:
    """Open a page on the name that browsers let use passkeys without https."""
    url = installation.url.replace("127.0.0.1", "localhost")
    visits = []

    def opened(**wishes):
        context = browser.new_context(base_url=url, locale="nb-NO", **wishes)
        context.set_default_timeout(20_000)
        context.add_init_script(TELL_ON_POLICY)
        visits.append(Visit(context, url))
        return visits[-1].page()

    yield opened
    troubles = [trouble for one in visits for trouble in one.troubles]
    for one in visits:
        one.context.close()
    assert troubles == []


def authenticator(page, *, knows_its_holder=True):
    """Let the browser have a device that makes passkeys and asks who holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": knows_its_holder,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def password_of(installation, email):
    kept = installation.data / "secrets" / "demo-accounts.json"
    return json.loads(kept.read_text(encoding="utf-8"))[email]


def sign_in_with_password(page, installation, email):
    page.goto("/nb/konto/login/")
    page.get_by_label("E-postadresse").fill(email)
    page.get_by_label("Passord").fill(password_of(installation, email))
    page.get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url("**/nb/arbeid/")


def to_security(page, installation, email):
    """Open the page of security, and prove once more who it is, by keyboard alone."""
    sign_in_with_password(page, installation, email)
    page.goto("/nb/konto/2fa/")
    add = page.get_by_role("link", name="Legg til en passnøkkel")
    add.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Passord").fill(password_of(installation, email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/webauthn/add/")


def make_passkey(page, name):
    page.get_by_label("Hva du kaller den").fill(name)
    page.get_by_role("button", name="Lag passnøkkelen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservekodene dine")


def in_row(page, name, what):
    row = page.get_by_role("listitem").filter(has_text=name)
    return row.get_by_role("link", name=what)


def test_a_passkey_is_made_named_used_to_sign_in_and_removed(open_page, installation):
    page = open_page()
    authenticator(page)

    to_security(page, installation, PARTNER)
    assert axe_findings(page) == []
    make_passkey(page, "Arbeidsmaskinen")
    page.goto("/nb/konto/2fa/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontoen din har mer enn én lås")
    assert axe_findings(page) == []

    in_row(page, "Arbeidsmaskinen", "Gi nytt navn").click()
    page.get_by_label("Hva du kaller den").fill("Kontoret")
    page.get_by_role("button", name="Lagre navnet").click()
    expect(page.get_by_role("listitem").filter(has_text="Kontoret")).to_be_visible()

    page.goto("/nb/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Logg ut").click()
    page.goto("/nb/konto/login/?next=/nb/arbeid/partnere/")
    page.get_by_role("button", name="Logg inn med passnøkkel").click()
    expect(page).to_have_url(re.compile(r"^http://[^/]+/nb/arbeid/partnere/$"))

    page.goto("/nb/konto/2fa/")
    in_row(page, "Kontoret", "Fjern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Er det fortsatt deg?")
    page.get_by_label("Passord").fill(password_of(installation, PARTNER))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Fjern passnøkkelen").click()
    expect(page.get_by_role("status")).to_contain_text("Passnøkkelen er fjernet.")
    page.goto("/nb/konto/2fa/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kontoen din har én lås")


def test_a_passkey_is_the_second_step_after_a_password(open_page, installation):
    page = open_page()
    authenticator(page)
    to_security(page, installation, "bedrift@demo.example")
    make_passkey(page, "Mobilen")
    page.goto("/nb/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Logg ut").click()

    page.goto("/nb/konto/login/")
    page.get_by_label("E-postadresse").fill("bedrift@demo.example")
    page.get_by_label("Passord").fill(password_of(installation, "bedrift@demo.example"))
    page.get_by_role("button", name="Logg inn", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ett trinn til")
    page.get_by_role("button", name="Bruk en passnøkkel").click()

    expect(page).to_have_url(re.compile(r"/nb/arbeid/$"))


def test_a_device_that_does_not_know_its_holder_opens_nothing_and_says_so(open_page, installation):
    page = open_page()
    session, device = authenticator(page)
    to_security(page, installation, "revisor@demo.example")
    make_passkey(page, "Mobilen")
    page.goto("/nb/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Logg ut").click()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})

    page.goto("/nb/konto/login/")
    page.get_by_role("button", name="Logg inn med passnøkkel").click()

    expect(page.get_by_role("alert")).to_have_text(
        "Passnøkkelen ble ikke brukt. Prøv igjen, eller velg en annen måte."
    )
    expect(page.get_by_role("alert")).to_be_focused()
    page.goto("/nb/arbeid/")
    expect(page).to_have_url(re.compile(r"/nb/konto/login/"))


def test_without_scripts_a_passkey_is_not_offered_and_the_rest_works(open_page, installation):
    page = open_page(java_script_enabled=False)

    sign_in_with_password(page, installation, "administrator@demo.example")
    page.goto("/nb/konto/login/")

    expect(page.get_by_role("button", name="Logg inn med passnøkkel")).to_have_count(0)
