"""Take the pictures of docs/looked-at/ from a running demonstration.

make up                                   # in one window
.venv/bin/python tools/look.py            # in another
.venv/bin/python tools/look.py strategy   # only the pages whose name begins so
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "looked-at"
WIDTHS = {390: 844, 1280: 900}
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Sight:
    """One page to look at: its name in the folder, its address, and as whom."""

    name: str
    address: str
    role: str = ""


SIGHTS = (
    Sight("home", "/nb/"),
    Sight("home-sv", "/sv/"),
    Sight("home-en", "/en/"),
    Sight("strategy", "/nb/strategi/"),
    Sight("focus-area", "/nb/strategi/fokusomrade/green-industry/"),
    Sight("directory", "/nb/hvem-er-hvem/"),
    Sight("actor", "/nb/hvem-er-hvem/sarpsborg-kommune/"),
    Sight("coverage", "/nb/dekning/"),
    Sight("sign-in", "/nb/konto/login/"),
    Sight("gallery", "/nb/komponenter/"),
    Sight("not-found", "/nb/finnes-ikke/"),
    Sight("api-docs", "/api/v1/docs"),
    Sight("outbox", "/demo/utboks"),
    *(
        Sight(f"workspace-{role}", "/nb/arbeid/", role)
        for role in (
            "secretariat",
            "partner-representative",
            "company-member",
            "board-member",
            "auditor",
            "administrator",
        )
    ),
)


def look(browser: Browser, url: str, sight: Sight, width: int, scheme: str) -> Path:
    """Draw one page at one width in one colour scheme; return where the picture lies."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="nb-NO",
    )
    page = context.new_page()
    if sight.role:
        page.goto("/nb/konto/login/")
        page.locator(f"form[data-demo-role='{sight.role}'] button").click()
        page.wait_for_url("**/nb/arbeid/**")
    page.goto(sight.address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    picture = PICTURES / f"{sight.name}-{width}-{scheme}.png"
    page.screenshot(path=picture, full_page=True)
    context.close()
    return picture


def main() -> int:
    """Look at every page, or at those whose name begins as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("begins", nargs="*", help="names of pages, or how they begin")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    wishes = parser.parse_args()
    sights = [
        sight
        for sight in SIGHTS
        if not wishes.begins or sight.name.startswith(tuple(wishes.begins))
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for sight, width, scheme in itertools.product(sights, WIDTHS, SCHEMES):
            print(look(browser, wishes.url, sight, width, scheme).name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
