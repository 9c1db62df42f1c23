"""Every pairing of colours that the style sheets use, and the contrast each must hold.

Text needs 4.5 to 1; large text, and shapes that carry meaning, need 3 to 1 (WCAG 2.2, 1.4.3 and
1.4.11). A new pairing is written here when a style sheet begins to use it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tests.architecture.house import SOURCE

TOKENS: Final = SOURCE / "ui" / "assets" / "css" / "tokens.css"
SCHEMES: Final = ("light", "dark")
TEXT, SHAPE = 4.5, 3.0
FACTORS: Final = (
    "public-authority",
    "entrepreneurship",
    "research-education",
    "business",
    "capital",
)
_PAPERS: Final = ("paper", "surface", "sunk", "raised")


class Pairing(NamedTuple):
    """A colour on another, and the least contrast between them."""

    front: str
    back: str
    least: float


PAIRINGS: Final = (
    *(Pairing(ink, paper, TEXT) for ink in ("ink", "ink-soft", "ink-faint") for paper in _PAPERS),
    # links, buttons, the menu's marks
    *(Pairing("spruce", paper, TEXT) for paper in _PAPERS),
    *(Pairing("spruce-strong", paper, TEXT) for paper in _PAPERS),
    Pairing("spruce", "spruce-soft", TEXT),
    Pairing("on-spruce", "spruce", TEXT),
    Pairing("on-spruce", "spruce-strong", TEXT),
    # tags, notices, chosen filters, what is new in a comparison
    Pairing("spruce-text", "spruce-soft", TEXT),
    Pairing("ink", "spruce-soft", TEXT),
    Pairing("ink-soft", "spruce-soft", TEXT),
    Pairing("granite-text", "granite-soft", TEXT),
    Pairing("granite-text", "paper", TEXT),
    Pairing("granite-text", "surface", TEXT),
    Pairing("granite-text", "sunk", TEXT),
    Pairing("granite-text", "raised", TEXT),
    Pairing("surface", "granite", TEXT),
    Pairing("ink", "granite-soft", TEXT),
    Pairing("ink-soft", "granite-soft", TEXT),
    Pairing("grain-text", "grain-soft", TEXT),
    Pairing("grain-text", "paper", TEXT),
    Pairing("grain-text", "surface", TEXT),
    Pairing("ink", "grain-soft", TEXT),
    Pairing("ink-soft", "grain-soft", TEXT),
    # the skip link and the mark of an account
    Pairing("paper", "ink", TEXT),
    # the model's pillars, the ground of the values, the foot
    Pairing("on-pillar", "pillar", TEXT),
    Pairing("on-pillar", "pillar-strong", TEXT),
    Pairing("on-pillar-soft", "pillar", TEXT),
    Pairing("on-pillar-soft", "pillar-strong", TEXT),
    Pairing("on-foot", "foot", TEXT),
    Pairing("on-foot-link", "foot", TEXT),
    # the factors: a letter on each, and each as a shape on the page
    *(Pairing("on-factor", f"factor-{factor}", TEXT) for factor in FACTORS),
    *(Pairing(f"factor-{factor}", paper, SHAPE) for factor in FACTORS for paper in _PAPERS),
    # the edges of fields, the focus ring, the line under the chosen entry of the menu
    *(Pairing("line-strong", paper, SHAPE) for paper in ("paper", "surface", "sunk")),
    *(Pairing("granite", paper, SHAPE) for paper in _PAPERS),
    Pairing("granite", "spruce-soft", SHAPE),
    # the map: the edges of places, its scale, the least and the most it can show
    *(Pairing("line-strong", back, SHAPE) for back in ("map-sea", "map-land", "map-least")),
    Pairing("ink-soft", "map-sea", TEXT),
    Pairing("map-most", "map-sea", SHAPE),
    Pairing("ink", "map-some", SHAPE),
    # neighbouring steps are told apart by the number that stands on each place
    *(
        Pairing(f"map-{less}", f"map-{more}", 1.25)
        for less, more in (("least", "less"), ("less", "some"), ("some", "more"), ("more", "most"))
    ),
    # the edge of what waits and of what is invented is always beside words that say so
    *(Pairing("grain", back, 1.5) for back in ("paper", "grain-soft")),
)

_TOKEN: Final = re.compile(r"--([a-z-]+):\s*light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)")


def tokens() -> dict[str, dict[str, str]]:
    """Return each colour of the tokens in light and in dark, as six hexadecimal digits."""
    found = _TOKEN.findall(TOKENS.read_text(encoding="utf-8"))
    return {name: dict(zip(SCHEMES, pair, strict=True)) for name, *pair in found}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
