"""Every page of the portal and every role's home: accessible, narrow enough, light enough."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import axe_findings
from tests.journeys.pages import PORTAL_PAGES, ROLES, sign_in_as

SCHEMES = ("light", "dark")
JAVASCRIPT_LIMIT_KB = 60
NARROWEST = 320
PHONE = {"width": 390, "height": 844}


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


def too_wide(page) -> list[tuple[str, int]]:
    """Return the page's address and width, when it scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return [(page.url, width)] if width > NARROWEST else []


def test_no_public_page_scrolls_sideways_at_320_pixels(visit):
    page = visit(viewport={"width": NARROWEST, "height": 640}).page()

    found = []
    for address in PORTAL_PAGES:
        page.goto(address)
        found += too_wide(page)

    assert found == []


@pytest.mark.parametrize("role", ROLES)
def test_no_home_scrolls_sideways_at_320_pixels(visit, role):
    page = visit(viewport={"width": NARROWEST, "height": 640}).page()

    sign_in_as(page, role)

    assert too_wide(page) == []


def out_of_sight(page) -> list[str]:
    """Return the page's address, unless all of its first step is seen without scrolling."""
    box = page.locator("main [data-primary]").first.bounding_box()
    height = page.viewport_size["height"]
    is_seen = box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height
    return [] if is_seen else [f"{page.url} {box}"]


def test_the_first_step_of_every_public_page_is_in_sight_on_a_phone(visit):
    page = visit(viewport=PHONE).page()

    hidden = []
    for address in PORTAL_PAGES:
        page.goto(address)
        hidden += out_of_sight(page)

    assert hidden == []


@pytest.mark.parametrize("role", ROLES)
def test_the_first_step_of_every_home_is_in_sight_on_a_phone(visit, role):
    page = visit(viewport=PHONE).page()

    sign_in_as(page, role)

    assert out_of_sight(page) == []


def test_the_first_step_in_the_log_is_in_sight_on_a_phone(visit):
    page = visit(viewport=PHONE).page()
    sign_in_as(page, "auditor")

    page.goto("/nb/arbeid/logg/")

    assert out_of_sight(page) == []


def test_what_is_on_the_page_of_the_strategy_stays_at_hand_on_a_phone(visit):
    page = visit(viewport=PHONE, java_script_enabled=False).page()
    page.goto("/nb/strategi/")

    contents = page.get_by_role("navigation", name="På denne siden")
    contents.get_by_role("link", name="Geografi").click()

    expect(contents).to_be_in_viewport(ratio=0.9)
    expect(page.locator("#geography h2")).to_be_in_viewport()
    strip, heading = contents.bounding_box(), page.locator("#geography h2").bounding_box()
    assert heading["y"] >= strip["y"] + strip["height"]


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
