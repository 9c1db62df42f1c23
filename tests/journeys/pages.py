"""The pages that the journeys visit, and how one signs in to a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROLES = (
    "secretariat",
    "partner-representative",
    "company-member",
    "board-member",
    "auditor",
    "administrator",
)
PORTAL_PAGES = (
    "/nb/",
    "/nb/strategi/",
    "/nb/strategi/versjoner/",
    "/nb/strategi/endringer/2024-27/2024-27/",
    "/nb/strategi/faktor/capital/",
    "/nb/strategi/grunnlag/reve-2018/",
    "/nb/komponenter/",
    "/nb/strategi/fokusomrade/green-industry/",
    "/nb/hvem-er-hvem/",
    "/nb/hvem-er-hvem/nettverk/",
    "/nb/hvem-er-hvem/sarpsborg-kommune/",
    "/nb/hvem-er-hvem/?as=map",
    "/nb/hvem-er-hvem/sted/3122/",
    "/nb/hvem-er-hvem/sted/31/",
    "/nb/hvem-er-hvem/sted/ba-halden/",
    "/nb/hvem-er-hvem/sted/SE-1486/",
    "/nb/dekning/",
    "/nb/dekning/?of=partners&since=year",
    "/nb/slik-regner-vi/",
    "/nb/om/",
    "/nb/om/partnere/",
    "/nb/besvart/confirmed/",
    "/nb/besvart/corrected/",
    "/nb/besvart/out/",
    "/nb/tilgjengelighet/",
    "/nb/personvern/",
    "/nb/apne-data/",
    "/sv/",
    "/sv/strategi/",
    "/en/",
    "/en/strategy/",
    "/en/who-is-who/",
    "/en/who-is-who/place/3105/",
    "/sv/vem-ar-vem/plats/3105/",
    "/en/coverage/",
    "/nb/konto/login/",
    "/api/v1/docs",
    "/demo/utboks",
)

_ACTOR = "/nb/arbeid/aktorer/vaterland-mat-as"
# Every page of the desk that has an address of its own, by who may open it.
DESK_PAGES = {
    "secretariat": (
        "/nb/arbeid/",
        "/nb/arbeid/aktorer/",
        "/nb/arbeid/aktorer/?as=map",
        "/nb/arbeid/aktorer/nettverk/",
        "/nb/arbeid/aktorer/ny/",
        "/nb/arbeid/aktorer/dobbelte/",
        "/nb/arbeid/aktorer/importer/",
        f"{_ACTOR}/",
        f"{_ACTOR}/endre/",
        f"{_ACTOR}/historikk/",
        f"{_ACTOR}/spor/",
        f"{_ACTOR}/hva-vi-vet/",
        f"{_ACTOR}/kontakter/",
        f"{_ACTOR}/kontakter/ny/",
        f"{_ACTOR}/samtaler/",
        f"{_ACTOR}/medlemskap/",
        f"{_ACTOR}/medlemskap/representant/",
        f"{_ACTOR}/band/nytt/",
        f"{_ACTOR}/sla-sammen/",
        f"{_ACTOR}/sla-sammen/halden-grenseinkubator/",
        "/nb/arbeid/forslag/",
        "/nb/arbeid/samtaler/",
        "/nb/arbeid/samtaler/ny/",
        "/nb/arbeid/samtaler/ny/?actor=vaterland-mat-as",
        "/nb/arbeid/neste-steg/",
        "/nb/arbeid/partnere/",
        "/nb/arbeid/loper-ut/",
        "/nb/arbeid/organer/",
        "/nb/arbeid/organer/nytt/",
        "/nb/arbeid/organer/styret-eksempel/",
        "/nb/arbeid/organer/styret-eksempel/endre/",
        "/nb/arbeid/organer/styret-eksempel/plasser/ny/",
        "/nb/arbeid/balanse/?of=partners&since=year",
        "/nb/arbeid/balanse/til-styret/",
        "/nb/arbeid/logg/",
        "/nb/arbeid/folk/",
    ),
    "auditor": ("/nb/arbeid/logg/", "/nb/arbeid/aktorer/sarpsborg-kommune/"),
    "administrator": ("/nb/arbeid/folk/", "/nb/arbeid/folk/ny/"),
    "board-member": (
        "/nb/konto/2fa/",
        "/nb/konto/2fa/totp/activate/",
        "/nb/konto/password/change/",
        "/nb/arbeid/partnere/",
        f"{_ACTOR}/",
    ),
}
# Pages that have no address one can know: where a link to the first of them stands.
DESK_FORMS = (
    (f"{_ACTOR}/kontakter/", "a[href*='/arbeid/kontakter/'][href$='/endre/']"),
    (f"{_ACTOR}/kontakter/", "a[href$='/glem/']"),
    ("/nb/arbeid/samtaler/", "a[href*='/arbeid/samtaler/'][href$='/endre/']"),
    ("/nb/arbeid/loper-ut/", "a[href$='/endre/']"),
    ("/nb/arbeid/loper-ut/", "a[href$='/forny/']"),
    ("/nb/arbeid/folk/", "a[href*='/arbeid/folk/']:not([href$='/ny/'])"),
)


def sign_in_as(page: Page, role: str) -> None:
    """Use the demonstration's one-click sign-in for ``role`` and land on its home."""
    page.goto("/nb/konto/login/")
    page.locator(f"form[data-demo-role='{role}'] button").click()
    page.wait_for_url("**/nb/arbeid/**")
