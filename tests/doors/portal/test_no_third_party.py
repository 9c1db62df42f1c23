"""A page of the portal tells nobody else that somebody reads it, and nothing of ours does."""

from __future__ import annotations

from pathlib import Path

import pytest

import samskap.ui
from tests.world.elsewhere import fetched_from_elsewhere, from_elsewhere, in_style

pytestmark = pytest.mark.django_db
SHEETS = sorted(Path(samskap.ui.__file__).parent.rglob("*.css"))


def test_no_page_of_the_portal_fetches_anything_from_another_host(bodies):
    assert {
        where: found for where, body in bodies.items() if (found := fetched_from_elsewhere(body))
    } == {}


def test_no_style_sheet_fetches_anything_from_another_host():
    found = {
        path.name: from_elsewhere(in_style(path.read_text(encoding="utf-8"))) for path in SHEETS
    }

    assert found != {}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}
