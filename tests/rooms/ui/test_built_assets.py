"""What is built is light, complete, and asks for nothing from elsewhere."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from samskap.ui import vite

# First load of a page: everything every page may load at once, compressed.
MOST_JAVASCRIPT_BYTES = 60_000


def built(kind):
    return sorted((vite.BUILT / "assets").glob(f"*.{kind}"))


def css():
    return "".join(sheet.read_text(encoding="utf-8") for sheet in built("css"))


def test_all_scripts_together_are_lighter_than_one_page_may_be():
    weight = sum(len(gzip.compress(script.read_bytes())) for script in built("js"))

    assert 0 < weight <= MOST_JAVASCRIPT_BYTES


def test_every_custom_property_that_is_asked_for_is_given():
    text = css()
    asked = set(re.findall(r"var\((--[a-zA-Z0-9_-]+)\)", text))
    given = set(re.findall(r"(?<![a-zA-Z0-9_-])(--[a-zA-Z0-9_-]+)\s*:", text))

    # Given by no one on purpose: an unset property is how Designsystemet says "not focused" and
    # takes its own label for a screen reader.
    assert asked - given - {"--dsc-breadcrumbs-label", "--dsc-pagination-label"} == set()


def test_styles_ask_for_nothing_from_elsewhere():
    addresses = re.findall(r"url\(\"?([^)\"]+)", css())

    assert [each for each in addresses if not each.startswith(("/static/", "data:"))] == []


def test_only_latin_letters_are_shipped():
    fonts = [font.name for font in built("woff2")]

    assert len(fonts) == 4
    assert all("-latin-" in font for font in fonts)


def test_a_page_preloads_the_two_fonts_it_begins_with():
    fonts = vite.entry("main").fonts

    assert [re.sub(r".*/assets/|-[^-]+\.woff2$", "", font) for font in sorted(fonts)] == [
        "bricolage-grotesque-latin-wght-normal",
        "inter-latin-wght-normal",
    ]


@pytest.fixture
def script():
    return vite.entry("htmx").script


def test_a_built_file_is_kept_by_the_browser_for_good(script):
    answer = Client().get(script)

    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_built_file_is_sent_compressed_to_those_who_can_read_it(script, coding):
    answer = Client().get(script, headers={"accept-encoding": coding})

    assert answer.headers["Content-Encoding"] == coding


def test_what_a_page_may_change_tomorrow_is_not_kept_for_good():
    answer = Client().get("/static/favicon.svg")

    assert answer.headers["Cache-Control"] == "max-age=3600, public"
