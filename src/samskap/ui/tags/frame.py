"""The frame around every page: styles, languages, the menu and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, get_language_from_path

from samskap.kernel.languages import OWN_NAMES
from samskap.ui import vite as built

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page
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
    """Return a link to this page in each language; to the front page where it has no language."""
    request: HttpRequest | None = context.get("request")
    return [
        LanguageLink(code, name, _twin(request, code), code == get_language())
        for code, name in settings.LANGUAGES
    ]


def _twin(request: HttpRequest | None, language: str) -> str:
    front = f"/{language}/"
    if request is None:
        return front
    # A page without a language in its address may say which parameter of it chooses one.
    parameter = getattr(request, "language_parameter", "")
    if parameter:
        return f"{request.path}?{parameter}={language}"
    here = request.get_full_path()
    own = get_language_from_path(request.path_info)
    if not own:
        return front
    twin = translate_url(here, language)
    # Of a page that is nowhere only the language's own part of the address can be translated.
    return twin if twin != here else here.replace(f"/{own}/", front, 1)


@register.simple_tag
def current_language_name() -> str:
    """Return the name of the reader's language, in that language."""
    return {str(code): name for code, name in OWN_NAMES.items()}.get(get_language() or "", "")


@register.inclusion_tag("ui/menu_item.html", takes_context=True)
def menu_item(
    context: RequestContext, address: str, label: str, *, exact: bool = False
) -> dict[str, Any]:
    """Draw one entry of the main menu; the one the reader stands in or under says so.

    ``address`` is the name of an address, such as "portal:strategy"; ``exact`` is for a page that
    all others stand under.
    """
    request: HttpRequest | None = context.get("request")
    here, href = request.path if request else "", reverse(address)
    is_under = here.startswith(href) and not exact
    current = "page" if here == href else "true" if is_under else ""
    return {"href": href, "label": label, "current": current}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(trail: Sequence[tuple[object, str]], here: object) -> dict[str, Any]:
    """Show the way back: ``trail`` is (label, address) from the top, ``here`` this page."""
    return {"trail": trail, "here": here}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Draw the way between the pages of a list, keeping what was searched for."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context["request"]}


@register.simple_block_tag
def page_head(content: str, title: str, *, lede: str = "", eyebrow: str = "") -> SafeString:
    """Say the page's one thing first; the block holds the primary action, or nothing."""
    return render_to_string(
        "ui/page_head.html",
        {
            "title": title,
            "lede": lede,
            "eyebrow": eyebrow,
            "actions": content,
            "has_actions": bool(content.strip()),
        },
    )


@register.inclusion_tag("ui/logo.html")
def logo(size: str = "") -> dict[str, str]:
    """Draw the five factors tied; ``size`` is "large" or nothing."""
    return {"size": size}
