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


def sign_in_as(page: Page, role: str) -> None:
    """Use the demonstration's one-click sign-in for ``role`` and land on its home."""
    page.goto("/nb/konto/login/")
    page.locator(f"form[data-demo-role='{role}'] button").click()
    page.wait_for_url("**/nb/arbeid/**")
