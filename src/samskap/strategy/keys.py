"""The closed keys of the strategy: the same in data, API, CSS and addresses.

The labels follow the reader's language. A factor also has a letter, so that its mark never rests
on colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import get_language, pgettext_lazy

from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping


class Factor(models.TextChoices):
    """The five groups whose interplay makes development (Reve 2018), in the model's order."""

    PUBLIC_AUTHORITY = "public-authority", pgettext_lazy("factor", "Public authority")
    ENTREPRENEURSHIP = "entrepreneurship", pgettext_lazy("factor", "Entrepreneur environments")
    RESEARCH_EDUCATION = "research-education", pgettext_lazy("factor", "Research and education")
    BUSINESS = "business", pgettext_lazy("factor", "Business")
    CAPITAL = "capital", pgettext_lazy("factor", "Capital")

    @property
    def letter(self) -> str:
        """The letter of the factor's mark in the reader's language."""
        return self.letter_in(get_language())

    def letter_in(self, language: str | None) -> str:
        """Return the letter in ``language``; in the default language when we have none."""
        letters = LETTERS[self]
        return letters.get(language or "", letters[DEFAULT_LANGUAGE])


LETTERS: Final[Mapping[Factor, Mapping[str, str]]] = {
    Factor.PUBLIC_AUTHORITY: {"nb": "M", "sv": "M", "en": "A"},
    Factor.ENTREPRENEURSHIP: {"nb": "G", "sv": "E", "en": "E"},
    Factor.RESEARCH_EDUCATION: {"nb": "F", "sv": "F", "en": "R"},
    Factor.BUSINESS: {"nb": "N", "sv": "N", "en": "B"},
    Factor.CAPITAL: {"nb": "K", "sv": "K", "en": "C"},
}


class Side(models.TextChoices):
    """The three sides of working life's cooperation."""

    AUTHORITY = "authority", pgettext_lazy("side", "Authority")
    EMPLOYER = "employer", pgettext_lazy("side", "Employer")
    EMPLOYEE = "employee", pgettext_lazy("side", "Employee")


class FocusAreaKey(models.TextChoices):
    """The focus areas, in the order the model draws them."""

    GREEN_INDUSTRY = "green-industry", pgettext_lazy("focus area", "Green industry")
    BIOECONOMY = "bioeconomy", pgettext_lazy("focus area", "Bioeconomy")
    DIGITAL = "digital", pgettext_lazy("focus area", "Digital transition")
    ATTRACTION = "attraction", pgettext_lazy("focus area", "Attraction")
    CAPITAL_ACCESS = "capital-access", pgettext_lazy("focus area", "Capital")
    COMPETENCE_INCLUSION = (
        "competence-inclusion",
        pgettext_lazy("focus area", "Competence and inclusion"),
    )


class FocusAreaKind(models.TextChoices):
    """What a focus area does for the others."""

    EFFORT = "effort", pgettext_lazy("kind of focus area", "Effort area")
    CROSS_CUTTING = "cross-cutting", pgettext_lazy("kind of focus area", "Cross-cutting area")
    SUPPORT = "support", pgettext_lazy("kind of focus area", "Support area")
