"""The five factors as they are marked everywhere: a colour and a letter, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, gettext_lazy

from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class FactorMark:
    """One factor's mark: its letter in each language, and its name in the reader's."""

    key: str
    letters: dict[str, str]
    name: _StrPromise

    @property
    def letter(self) -> str:
        """The letter in the reader's language."""
        language = (get_language() or DEFAULT_LANGUAGE).split("-")[0]
        return self.letters.get(language, self.letters[DEFAULT_LANGUAGE])


MARKS: Final = {
    mark.key: mark
    for mark in (
        FactorMark(
            "public-authority", {"nb": "M", "sv": "M", "en": "A"}, gettext_lazy("Public authority")
        ),
        FactorMark(
            "entrepreneurship",
            {"nb": "G", "sv": "E", "en": "E"},
            gettext_lazy("Entrepreneur environment"),
        ),
        FactorMark(
            "research-education",
            {"nb": "F", "sv": "F", "en": "R"},
            gettext_lazy("Research and education"),
        ),
        FactorMark("business", {"nb": "N", "sv": "N", "en": "B"}, gettext_lazy("Business")),
        FactorMark("capital", {"nb": "K", "sv": "K", "en": "C"}, gettext_lazy("Capital")),
    )
}
