"""Take the pictures of docs/looked-at/ from a running demonstration.

make up                                   # in one window
.venv/bin/python tools/look.py            # in another
.venv/bin/python tools/look.py strategy   # only the pages whose name begins so
.venv/bin/python tools/look.py log --language sv --into /tmp/seen

The page for faults of ours is drawn without a server, and shown as if one had sent it.
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "looked-at"
Scheme: TypeAlias = Literal["light", "dark"]
WIDTHS = {390: 844, 1280: 900}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
FAULT = "fault"
# Asked for at the desk, and reached by the link in the mail that goes out.
LETTER = "letter"
# Sent in at the desk, to be looked through before it is brought in.
FILE = "file"
_ROWS = "navn;kommune;type\nEksempelverket AS;3105;company\nUten sted AS;9999;company\n"
_ASKED = "/nb/arbeid/aktorer/vaterland-mat-as/spor/"
_PATIENCE_S = 30
_HTML = "text/html; charset=utf-8"
_DRAW_FAULT = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.config.settings")
os.environ.update(SAMSKAP_DEMO="1", SAMSKAP_WITHOUT_SECRETS="1")
import django
django.setup()
from django.test import RequestFactory
from samskap.portal.views.errors import server_error
print(server_error(RequestFactory().get(f"/{sys.argv[1]}/")).content.decode())
"""


@dataclass(frozen=True)
class Sight:
    """One page to look at: its name in the folder, its address, and as whom.

    ``through`` is the link in the page's main part that leads on to what is to be seen.
    """

    name: str
    address: str
    role: str = ""
    through: str = ""


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
    Sight("versions", "/nb/strategi/versjoner/"),
    Sight("changes", "/nb/strategi/endringer/2024-27/2024-27/"),
    Sight("about", "/nb/om/"),
    Sight("privacy", "/nb/personvern/"),
    Sight("accessibility", "/nb/tilgjengelighet/"),
    Sight("open-data", "/nb/apne-data/"),
    Sight("not-found", "/nb/finnes-ikke/"),
    Sight("forbidden", "/nb/arbeid/logg/", "company-member"),
    Sight("fault", FAULT),
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
    Sight("log", "/nb/arbeid/logg/", "auditor"),
    Sight("people", "/nb/arbeid/folk/", "administrator"),
    Sight("person", "/nb/arbeid/", "administrator", through="a[data-primary]"),
    Sight("person-new", "/nb/arbeid/folk/ny/", "administrator"),
    Sight("account", "/nb/konto/password/change/", "board-member"),
    Sight("account-email", "/nb/konto/email/", "board-member"),
    Sight("two-steps", "/nb/konto/2fa/", "board-member"),
    Sight("two-steps-on", "/nb/konto/2fa/totp/activate/", "board-member"),
    Sight("directory-map", "/nb/hvem-er-hvem/?as=map"),
    Sight("network", "/nb/hvem-er-hvem/nettverk/"),
    Sight("actor-example", "/nb/hvem-er-hvem/vaterland-mat-as/"),
    Sight("partners", "/nb/om/partnere/"),
    Sight("balance-partners", "/nb/dekning/?of=partners"),
    Sight("desk-directory", "/nb/arbeid/aktorer/", "secretariat"),
    Sight("desk-actor", "/nb/arbeid/aktorer/vaterland-mat-as/", "secretariat"),
    Sight("desk-actor-form", "/nb/arbeid/aktorer/ny/", "secretariat"),
    Sight("duplicates", "/nb/arbeid/aktorer/dobbelte/", "secretariat"),
    Sight(
        "merge",
        "/nb/arbeid/aktorer/halden-grenseinkubator/sla-sammen/svinesund-naeringshage/",
        "secretariat",
    ),
    Sight("imports", "/nb/arbeid/aktorer/importer/", "secretariat"),
    Sight("talks", "/nb/arbeid/samtaler/", "secretariat"),
    Sight("talk-new", "/nb/arbeid/samtaler/ny/", "secretariat"),
    Sight("body", "/nb/arbeid/organer/styret-eksempel/", "secretariat"),
    Sight("board-page", "/nb/arbeid/balanse/til-styret/", "secretariat"),
    Sight("place", "/nb/hvem-er-hvem/sted/3122/"),
    Sight("place-region", "/nb/hvem-er-hvem/sted/halden/"),
    Sight("letter", LETTER, "secretariat"),
    Sight("letter-thanks", "/nb/besvart/corrected/"),
    Sight("desk-directory-map", "/nb/arbeid/aktorer/?as=map", "secretariat"),
    Sight("desk-network", "/nb/arbeid/aktorer/nettverk/", "secretariat"),
    Sight("import-preview", FILE, "secretariat"),
    Sight("next-steps", "/nb/arbeid/neste-steg/", "secretariat"),
    Sight("briefing", "/nb/arbeid/aktorer/vaterland-mat-as/hva-vi-vet/", "secretariat"),
    Sight("contacts", "/nb/arbeid/aktorer/vaterland-mat-as/kontakter/", "secretariat"),
    Sight("desk-partners", "/nb/arbeid/partnere/", "secretariat"),
    Sight("lapsing", "/nb/arbeid/loper-ut/", "secretariat"),
    Sight("bodies", "/nb/arbeid/organer/", "secretariat"),
    Sight("suggestions", "/nb/arbeid/forslag/", "secretariat"),
    Sight("membership", "/nb/arbeid/aktorer/vaterland-mat-as/medlemskap/", "secretariat"),
    Sight("methods", "/nb/slik-regner-vi/"),
    Sight("log-seal", "/nb/dagssegl/"),
    Sight("signed-in", "/nb/konto/innlogget/", "administrator"),
    Sight("my-data", "/nb/arbeid/mine-data/", "secretariat"),
    Sight("processing", "/nb/arbeid/personvern/", "administrator"),
    Sight("history", "/nb/arbeid/aktorer/vaterland-mat-as/historikk/", "secretariat"),
    Sight("password-forgotten", "/nb/konto/password/reset/"),
    Sight("sign-out", "/nb/konto/logout/", "auditor"),
)


def look(page: Page, sight: Sight, language: str) -> None:
    """Go to what is to be seen, in ``language``."""
    if sight.role:
        page.goto("/nb/konto/login/")
        page.locator(f"form[data-demo-role='{sight.role}'] button").click()
        page.wait_for_url("**/nb/arbeid/**")
    if sight.address == FILE:
        send_file(page)
    else:
        address = letter(page) if sight.address == LETTER else sight.address
        page.goto(address, wait_until="networkidle")
    if sight.through:
        page.locator(f"main {sight.through}").first.click()
        page.wait_for_load_state("networkidle")
    other = page.locator(f".language a[hreflang='{language}']:not([aria-current])")
    if other.count():
        page.goto(str(other.first.get_attribute("href")), wait_until="networkidle")
    page.evaluate("document.fonts.ready")


def send_file(page: Page) -> None:
    """Send an invented list in, and wait until a job has looked through it."""
    page.goto("/nb/arbeid/aktorer/importer/")
    page.locator("input[type='file']").set_input_files(
        {"name": "eksempel.csv", "mimeType": "text/csv", "buffer": _ROWS.encode()}
    )
    page.locator("main [data-primary]").click()
    page.locator("#rows").wait_for(timeout=_PATIENCE_S * 1000)


def letter(page: Page) -> str:
    """Return the link of a letter that is open: of the newest, or of one that is sent now."""
    if not (links := _links_sent(page)):
        page.goto(_ASKED)
        page.locator("main form button").first.click()
        deadline = time.monotonic() + _PATIENCE_S
        while not (links := _links_sent(page)) and time.monotonic() < deadline:
            time.sleep(1)
    return links[0]


def _links_sent(page: Page) -> list[str]:
    page.goto("/demo/utboks")
    if not (letters := page.locator("main a[href*='/demo/utboks/']")).count():
        return []
    page.goto(str(letters.first.get_attribute("href")))
    return re.findall(r"https?://\S+/svar/[^\s<\"]+", page.inner_text("main"))


def fault(page: Page, language: str) -> None:
    """Draw the page for faults of ours, as the server draws it without a database."""
    drawn = subprocess.run(
        [sys.executable, "-c", _DRAW_FAULT, language], capture_output=True, text=True, check=True
    )
    page.route(f"**/{FAULT}", lambda route: route.fulfill(body=drawn.stdout, content_type=_HTML))
    page.goto(f"/{FAULT}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")


def picture(
    browser: Browser, wishes: argparse.Namespace, sight: Sight, *, width: int, scheme: Scheme
) -> Path:
    """Draw one page at one width in one colour scheme; return where the picture lies."""
    context = browser.new_context(
        base_url=wishes.url,
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="nb-NO",
    )
    page = context.new_page()
    if sight.address == FAULT:
        fault(page, wishes.language)
    else:
        look(page, sight, wishes.language)
    name = sight.name if wishes.language == "nb" else f"{sight.name}-{wishes.language}"
    path = Path(wishes.into) / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=path, full_page=True)
    context.close()
    return path


def main() -> int:
    """Look at every page, or at those whose name begins as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("begins", nargs="*", help="names of pages, or how they begin")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--language", choices=("nb", "sv", "en"), default="nb")
    parser.add_argument("--into", type=Path, default=PICTURES, help="the folder to draw into")
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
            print(picture(browser, wishes, sight, width=width, scheme=scheme).name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
