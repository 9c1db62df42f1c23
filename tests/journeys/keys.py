"""Hands on a keyboard: Tab until what is meant has the focus, then Enter, the bar or an arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# A page whose first step lies behind more stops than this is none for the keyboard.
MOST_STOPS = 160
_HAS_FOCUS = "each => each === document.activeElement"
# What has the focus has a rim or a shadow, itself or the label that is drawn in its place.
_IS_SEEN = """each => [each, each.nextElementSibling, each.closest('label')].some(part => {
  if (!part) return false;
  const look = getComputedStyle(part);
  const isRimmed = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0;
  return isRimmed || look.boxShadow !== 'none';
})"""


def tab_to(page: Page, goal: Locator) -> Locator:
    """Press Tab until ``goal`` has the focus, which must then be seen; fail when it never does."""
    wanted = goal.first
    expect(wanted).to_be_attached()
    for _stop in range(MOST_STOPS):
        if wanted.evaluate(_HAS_FOCUS):
            assert wanted.evaluate(_IS_SEEN)
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"{page.url}: {MOST_STOPS} stops did not lead to {goal}")


def press_on(page: Page, goal: Locator, key: str = "Enter") -> None:
    """Go to ``goal`` by Tab and press ``key`` on it."""
    tab_to(page, goal)
    page.keyboard.press(key)


def skip_to_content(page: Page) -> None:
    """Take the first stop of every page, which passes the menu by."""
    page.keyboard.press("Tab")
    expect(page.locator("a[href='#content']")).to_be_focused()
    page.keyboard.press("Enter")
