"""A demonstration really started with `samskap up --demo`, and a browser that tells on the page.

One installation serves all journeys of a run: its own data folder, database, server and worker.
Any breach of the content security policy, any error in the console and any request that leaves
the machine fails the journey it happened in.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

# The browser is driven from a loop in this thread, which Django would take for its own being async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_S = 120
TELL_ON_POLICY = """
document.addEventListener('securitypolicyviolation', e =>
  console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys" in item.nodeid:
            item.add_marker(pytest.mark.journey)


def chromium() -> str:
    """Return the browser on the path; `make test` installs one when it can."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.fail("No Chromium on this machine. Install it: apt-get install chromium")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    """A running demonstration."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    data = Path(tempfile.mkdtemp(prefix="samskap-journeys-"))
    data.chmod(0o755)
    port = free_port()
    log = (data / "up.log").open("wb")
    unwanted = ("DATABASE_", "SAMSKAP_", "DJANGO_")
    environment = {key: text for key, text in os.environ.items() if not key.startswith(unwanted)}
    process = subprocess.Popen(
        [sys.executable, "-m", "samskap.cli", "up", "--demo", "--port", str(port)],
        cwd=PROJECT,
        env={**environment, "SAMSKAP_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    running = Installation(f"http://127.0.0.1:{port}", data, process)
    deadline = time.monotonic() + PATIENCE_S
    while not running.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail("samskap up did not get ready:\n" + (data / "up.log").read_text())
        time.sleep(0.1)
    yield running
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield running
        running.close()


@dataclass
class Visit:
    """One reader's browser, and everything that went wrong in it."""

    context: BrowserContext
    url: str
    troubles: list[str] = field(default_factory=list)
    # Console messages that are expected, such as a 404 that the journey itself asks for. Software
    # that stands in for a graphics card tells how slow it is: that is of the machine, not the page.
    expected: list[str] = field(default_factory=lambda: ["GL Driver Message (OpenGL, Performance"])

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("request", lambda request: self._watch(request.url))
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(part in text for part in self.expected):
            self.troubles.append(f"{kind}: {text}")

    def _watch(self, address: str) -> None:
        if not address.startswith((self.url, "data:", "blob:")):
            self.troubles.append(f"request to a third party: {address}")


@pytest.fixture
def visit(installation: Installation, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a browser as one reader; keywords go to the browser's context."""
    visits: list[Visit] = []

    def open_one(**wishes: object) -> Visit:
        wishes.setdefault("locale", "nb-NO")
        wishes.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(base_url=installation.url, **wishes)
        context.set_default_timeout(20_000)
        if wishes.get("java_script_enabled", True):
            context.add_init_script(TELL_ON_POLICY)
        visits.append(Visit(context, installation.url))
        return visits[-1]

    yield open_one
    troubles = [trouble for one in visits for trouble in one.troubles]
    for one in visits:
        one.context.close()
    assert troubles == []


def axe_findings(page: Page) -> list[str]:
    """Return what axe finds on the page, a line for each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # Not among those axe runs by itself: WCAG 2.5.8, 24 pixels or room around it.
    wishes = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
    found = page.evaluate(f"axe.run(document, {wishes})")
    return [
        f"{page.url}: {rule['id']}: {rule['help']}: {node['target']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
