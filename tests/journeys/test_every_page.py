"""Every page of the portal and every role's home: accessible, narrow enough, light enough."""

from __future__ import annotations

import gzip

import pytest

from tests.journeys.conftest import axe_findings
from tests.journeys.pages import PORTAL_PAGES, ROLES, sign_in_as

SCHEMES = ("light", "dark")
JAVASCRIPT_LIMIT_KB = 60


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_any_public_page(visit, scheme):
    page = visit(color_scheme=scheme).page()

    found = []
    for address in PORTAL_PAGES:
        assert page.goto(address).status == 200
        found += axe_findings(page)

    assert found == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_any_home(visit, role, scheme):
    page = visit(color_scheme=scheme).page()

    sign_in_as(page, role)

    assert axe_findings(page) == []


def test_no_page_scrolls_sideways_at_320_pixels(visit):
    page = visit(viewport={"width": 320, "height": 640}).page()

    too_wide = []
    for address in PORTAL_PAGES:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            too_wide.append((address, width))

    assert too_wide == []


def test_no_page_loads_more_javascript_than_it_may(visit):
    page = visit().page()
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            sizes.update({answer.url: len(gzip.compress(answer.body()))})
            if answer.request.resource_type == "script"
            else None
        ),
    )

    too_heavy = []
    for address in PORTAL_PAGES:
        sizes.clear()
        page.context.clear_cookies()
        page.goto(address, wait_until="networkidle")
        if sum(sizes.values()) > JAVASCRIPT_LIMIT_KB * 1000:
            too_heavy.append((address, sum(sizes.values())))

    assert too_heavy == []
