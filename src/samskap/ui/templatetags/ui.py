"""The template tags of the components. docs/reference/components.md shows each in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from samskap.kernel.languages import OWN_NAMES
from samskap.ui import vite as built
from samskap.ui.marks import MARKS, FactorMark

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import RequestContext
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def vite(name: str) -> SafeString:
    """Link the styles, fonts and script of the entry ``name``."""
    entry = built.entry(name)
    return format_html(
        "{}{}{}{}",
        format_html_join(
            "\n",
            '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
            ((font,) for font in entry.fonts),
        ),
        format_html_join(
            "\n", '<link rel="stylesheet" href="{}">', ((style,) for style in entry.styles)
        ),
        format_html_join(
            "\n", '<link rel="modulepreload" href="{}">', ((chunk,) for chunk in entry.chunks)
        ),
        format_html('<script type="module" src="{}"></script>', entry.script),
    )


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page you are on, in one of the languages."""

    code: str
    name: str
    href: str
    is_current: bool


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[LanguageLink]:
    """Return a link to this page in each language; to the front page where there is no twin."""
    request: HttpRequest | None = context.get("request")
    return [
        LanguageLink(code, name, _twin(request, code), code == get_language())
        for code, name in settings.LANGUAGES
    ]


def _twin(request: HttpRequest | None, language: str) -> str:
    front = f"/{language}/"
    if request is None:
        return front
    here = request.get_full_path()
    twin = translate_url(here, language)
    return twin if twin != here or here.startswith(front) else front


@register.simple_tag
def current_language_name() -> str:
    """Return the name of the reader's language, in that language."""
    return {str(code): name for code, name in OWN_NAMES.items()}.get(get_language() or "", "")


@register.inclusion_tag("ui/factor_mark.html")
def factor_mark(key: str, *, named: bool = False) -> dict[str, Any]:
    """Draw a factor's mark; ``named`` writes the factor's name after it."""
    mark: FactorMark = MARKS[str(key)]
    return {"mark": mark, "named": named}


@register.inclusion_tag("ui/menu_item.html", takes_context=True)
def menu_item(context: RequestContext, address: str, label: str) -> dict[str, Any]:
    """Draw one entry of the main menu; the one the reader stands in or under says so.

    ``address`` is the name of an address, such as "portal:strategy".
    """
    request: HttpRequest | None = context.get("request")
    here, href = request.path if request else "", reverse(address)
    current = "page" if here == href else "true" if here.startswith(href) else ""
    return {"href": href, "label": label, "current": current}
