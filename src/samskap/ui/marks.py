"""The five factors as they are marked everywhere: a colour and a letter, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, pgettext_lazy

from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class FactorMark:
    """One factor's mark: its letter in each language, and its names in the reader's.

    The short name is for where there is little room, such as the head of a column.
    """

    key: str
    letters: dict[str, str]
    name: _StrPromise
    short_name: _StrPromise

    @property
    def letter(self) -> str:
        """The letter in the reader's language."""
        language = (get_language() or DEFAULT_LANGUAGE).split("-")[0]
        return self.letters.get(language, self.letters[DEFAULT_LANGUAGE])


_LETTERS: Final = {
    "public-authority": {"nb": "M", "sv": "M", "en": "A"},
    "entrepreneurship": {"nb": "G", "sv": "E", "en": "E"},
    "research-education": {"nb": "F", "sv": "F", "en": "R"},
    "business": {"nb": "N", "sv": "N", "en": "B"},
    "capital": {"nb": "K", "sv": "K", "en": "C"},
}
_NAMES: Final = {
    "public-authority": pgettext_lazy("factor", "Public authority"),
    "entrepreneurship": pgettext_lazy("factor", "Entrepreneur environments"),
    "research-education": pgettext_lazy("factor", "Research and education"),
    "business": pgettext_lazy("factor", "Business"),
    "capital": pgettext_lazy("factor", "Capital"),
}
_SHORT_NAMES: Final = {
    "public-authority": pgettext_lazy("factor, short", "Authority"),
    "entrepreneurship": pgettext_lazy("factor, short", "Entrepreneurs"),
    "research-education": pgettext_lazy("factor, short", "Research"),
    "business": pgettext_lazy("factor, short", "Business"),
    "capital": pgettext_lazy("factor, short", "Capital"),
}
MARKS: Final = {
    key: FactorMark(key, _LETTERS[key], name, _SHORT_NAMES[key]) for key, name in _NAMES.items()
}
