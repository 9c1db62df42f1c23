"""The language a caller is answered in: ``?lang=``, else Accept-Language, else bokmål."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, Language

if TYPE_CHECKING:
    from django.http import HttpRequest

# Whoever reads another Norwegian reads bokmål rather than English.
_NORWEGIAN: Final = frozenset({"no", "nn"})


def language_of(request: HttpRequest) -> Language:
    """Choose among our languages; a cookie from the pages does not steer a program."""
    asked = request.GET.get("lang")
    for language in LANGUAGES:
        if language == asked:
            return language
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        found = _ours(tag)
        if found is not None:
            return found
    return DEFAULT_LANGUAGE


def _ours(tag: str) -> Language | None:
    if tag.partition("-")[0] in _NORWEGIAN:
        return DEFAULT_LANGUAGE
    try:
        variant = get_supported_language_variant(tag)
    except LookupError:
        return None
    return next((language for language in LANGUAGES if language == variant), None)
