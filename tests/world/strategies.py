"""Small strategies by hand, for tests of versions: what two of them say is easy to compare."""

from __future__ import annotations

from samskap.kernel.text import LocalisedText
from samskap.strategy.facts import ElementFacts, Reference, StrategyFacts


def said(nb: str, sv: str = "", en: str = "") -> LocalisedText:
    """A text in three languages; what is left out is as in bokmål."""
    return LocalisedText({"nb": nb, "sv": sv or nb, "en": en or nb})


def vision(nb: str = "Sammen får vi ting til å skje!") -> ElementFacts:
    """A vision."""
    return ElementFacts("vision", "vision", said(nb), said("Vi samler kreftene."))


def area(key: str = "digital", *, kind: str = "effort", **attributes: object) -> ElementFacts:
    """A focus area."""
    return ElementFacts(
        "focus-area", key, said(key.title()), said("Noe."), attributes={"kind": kind, **attributes}
    )


def goal(key: str, *, of: str = "digital", title: str = "Et mål") -> ElementFacts:
    """A goal of a focus area."""
    return ElementFacts("goal", key, said(title), said("Dit vil vi."), Reference("focus-area", of))


def strategy(*elements: ElementFacts, label: str = "2024-27", **facts: object) -> StrategyFacts:
    """A strategy of these elements, adopted in March 2024 for the years 2024 to 2027."""
    return StrategyFacts(
        **{
            "label": label,
            "title": said("Strategisk plattform"),
            "first_year": 2024,
            "last_year": 2027,
            "adopted": "2024-03",
            "source": said("Plattformen"),
            "elements": elements or (vision(), area(), goal("data")),
            **facts,
        }
    )
