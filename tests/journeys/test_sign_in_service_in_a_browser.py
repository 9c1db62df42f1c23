"""The way to a sign-in service and back, as a browser with our policies and cookies goes it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from samskap.trust.models import Identity, Role
from tests.journeys.conftest import TELL_ON_POLICY, axe_findings
from tests.world import openid
from tests.world.factories import ActorFactory
from tests.world.people import someone
from tests.world.region import ostfold

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ours(live_server):
    """Our site, under another name than the service's, so that cookies are not shared."""
    return live_server.url.replace("localhost", "127.0.0.1")


@pytest.fixture
def provider(ours, tmp_path, settings):
    """Ansattporten, as far as a browser can tell."""
    answers = [f"{ours}/openid/ansattporten/answer"]
    with openid.openid_provider(tmp_path, answers=answers) as running:
        settings.SIGN_IN_SERVICES = (
            running.service(profile="ansattporten", resource=openid.RESOURCE),
        )
        yield running


@pytest.fixture
def page(ours, browser):
    context = browser.new_context(base_url=ours, locale="nb-NO", ignore_https_errors=True)
    context.set_default_timeout(20_000)
    context.add_init_script(TELL_ON_POLICY)
    troubles = []
    opened = context.new_page()
    opened.on("console", lambda said: troubles.append((said.location["url"], said.text)))
    yield opened
    context.close()
    # The page that says no is answered with 403, which the browser tells of too.
    assert [text for url, text in troubles if url.startswith(ours) and "403" not in text] == []


def sign_in(page, account):
    page.goto("/nb/konto/login/?next=/nb/arbeid/partnere/")
    link = page.get_by_role("button", name="Logg inn med Ansattporten")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#asked")).to_contain_text("urn:altinn:resource:samskap")
    page.get_by_label("Account").fill(account)
    page.keyboard.press("Enter")


def kari_acts_for_the_workshop(provider):
    with transaction.atomic():
        ostfold()
    workshop = ActorFactory(named="Eksempel Verksted AS", organisation_number=openid.KNOWN)
    Identity.objects.create(
        user=someone(Role.COMPANY_MEMBER, party=workshop.party),
        service="ansattporten",
        issuer=provider.address,
        subject=openid.ACCOUNTS["kari"]["sub"],
        connected_at=timezone.now(),
    )


def test_one_is_refused_for_a_strange_organisation_and_let_in_for_ones_own(page, ours, provider):
    kari_acts_for_the_workshop(provider)

    sign_in(page, "ola")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Organisasjonen du valgte, er ikke med her"
    )
    assert axe_findings(page) == []
    page.get_by_role("link", name="Tilbake til innloggingen").click()
    page.wait_for_url("**/nb/konto/login/")

    page.context.clear_cookies(domain="localhost")
    sign_in(page, "kari")
    page.wait_for_url("**/nb/arbeid/partnere/")
    names = {cookie["name"] for cookie in page.context.cookies(ours)}
    assert names == {"session", "csrf"}
    page.goto("/nb/konto/2fa/")
    expect(page.get_by_role("listitem").filter(has_text="Ansattporten")).to_contain_text(
        "Åpner kontoen din siden"
    )
    assert axe_findings(page) == []
