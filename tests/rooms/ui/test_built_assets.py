"""What is built is light, complete, and asks for nothing from elsewhere."""

from __future__ import annotations

import gzip
import re

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
