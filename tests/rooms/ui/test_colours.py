"""Every pairing of colours can be read, in light and in dark."""

from __future__ import annotations

import re

import pytest

from tests.rooms.ui.colours import PAIRINGS, SCHEMES, TOKENS, contrast, tokens


def test_contrast_is_that_of_the_standard():
    # WCAG's own ends of the scale, and #767676 on white: the lightest grey that holds 4.5.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pairing_of_colours_holds_its_contrast(scheme):
    colours = tokens()
    weak = [
        f"{front} on {back}: {found:.2f}"
        for front, back, least in PAIRINGS
        if (found := contrast(colours[front][scheme], colours[back][scheme])) < least
    ]

    assert weak == []


def test_every_colour_of_the_tokens_stands_in_a_pairing():
    paired = {name for pairing in PAIRINGS for name in pairing[:2]}

    # A hairline carries no meaning of its own.
    assert set(tokens()) - paired == {"line"}


def test_no_style_sheet_has_a_colour_of_its_own():
    sheets = sorted(TOKENS.parent.rglob("*.css"))
    stray = [
        f"{sheet.name}: {colour}"
        for sheet in sheets
        if sheet != TOKENS
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", sheet.read_text())
    ]

    assert stray == []
