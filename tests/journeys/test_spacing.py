"""Readers who space text out for themselves lose none of it (WCAG 2.2, 1.4.12), nor any target."""

from __future__ import annotations

import pytest

from tests.journeys.pages import PORTAL_PAGES

# The distances of the success criterion, put on everything as a reader's own style would.
SPACED = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important }
"""
CUT = """
() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(one => {
    const style = getComputedStyle(one)
    const hides = [style.overflowX, style.overflowY].some(how => how === 'hidden' || how === 'clip')
    const isForTheEar = one.clientWidth <= 1 || one.clientHeight <= 1
    return hides && !isForTheEar && one.textContent.trim() && !one.closest('svg')
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  })
  .map(one => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 40)}`)
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_text_that_is_spaced_out_is_not_cut(visit, width):
    page = visit(viewport={"width": width, "height": 900}, bypass_csp=True).page()

    cut = []
    for address in PORTAL_PAGES:
        page.goto(address)
        page.add_style_tag(content=SPACED)
        cut += [f"{address} {one}" for one in page.evaluate(CUT)]
        too_wide = page.evaluate("document.documentElement.scrollWidth")
        cut += [f"{address} {too_wide} px wide"] if too_wide > width else []

    assert cut == []
