"""The template tags of the frame and the components. docs/reference/components.md shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_from_path

from samskap.kernel.dates import day_in_words
from samskap.kernel.languages import OWN_NAMES
from samskap.kernel.text import LocalisedText, inside_a_sentence
from samskap.ui import vite as built
from samskap.ui.drawings import Bubble
from samskap.ui.marks import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.http import HttpRequest
    from django.template.context import RequestContext

    from samskap.ui.drawings import Knot, ModelDrawing
    from samskap.ui.maps import MapPicture

register = template.Library()
register.filter("day_in_words", day_in_words)


# The frame ----------------------------------------------------------------------------------------
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


@register.filter
def inside(name: object) -> str:
    """Write the name of a role or a factor as it stands in the middle of a sentence."""
    return inside_a_sentence(name)


# Words in the language they are in ----------------------------------------------------------------
@register.filter
def said(text: object) -> SafeString:
    """Write a text so that a screen reader says it in the language it is in.

    Of a text in several languages it is the reader's own, else what there is, and then it says
    which; anything else is written as it is.
    """
    shown = conditional_escape(str(text))
    if not isinstance(text, LocalisedText) or text.lang in {"", get_language()}:
        return shown
    return format_html('<span lang="{}">{}</span>', text.lang, shown)


@register.filter
def in_brief(text: LocalisedText, words: int) -> LocalisedText:
    """Keep the first ``words`` words of a text, in each of its languages."""
    return LocalisedText(
        {language: Truncator(whole).words(words) for language, whole in text.items()}
    )


@register.filter
def named(thing: Any) -> SafeString:
    """Write the name of ``thing`` in its language, and that it is invented when it is.

    For a heading or a sentence; ``thing`` has a ``name`` and says whether it ``is_demo``.
    """
    name = said(thing.name)
    if not thing.is_demo:
        return name
    tag = SafeString(render_to_string("ui/example_tag.html").strip())
    return format_html("{} {}", name, tag)


# Small parts --------------------------------------------------------------------------------------
@register.inclusion_tag("ui/button.html")
def button(
    label: str,
    *,
    href: str = "",
    variant: str = "primary",
    size: str = "",
    name: str = "",
    value: str = "",
    about: object = "",
) -> dict[str, Any]:
    """Draw a way on: a link with ``href``, else a button that sends its form.

    ``variant`` is primary (one a page, in sight on a phone), secondary or tertiary; ``size`` is
    "sm" or nothing. ``about`` is what a row's button is about, for those who do not see the row.
    """
    return {
        "label": label,
        "href": href,
        "variant": variant,
        "size": size,
        "name": name,
        "value": value,
        "about": about,
    }


@register.inclusion_tag("ui/tag.html")
def tag(label: str, tone: str = "") -> dict[str, str]:
    """Draw a state in words; ``tone`` is warn, wait, ok or nothing."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("ui/example_tag.html")
def example_tag() -> dict[str, str]:
    """Say that the thing beside it is invented."""
    return {}


@register.inclusion_tag("ui/ways_to_reach.html")
def ways_to_reach(organisation: Any) -> dict[str, Any]:
    """Draw its public phone number and e-mail address as links; nothing when it has neither."""
    return {
        "name": organisation.name,
        "phone": organisation.phone,
        "email": organisation.email,
    }


@register.filter
def phone_address(number: str) -> str:
    """Return the address that calls ``number``, however it is written."""
    return "tel:" + "".join(sign for sign in number if sign.isdecimal() or sign == "+")


@register.filter
def unbroken(text: object) -> str:
    """Keep what is written in groups, such as a telephone number, on one line."""
    return str(text).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def as_id(value: object) -> str:
    """Write a key as part of an id: '250+' becomes '250-or-more'."""
    return str(value).replace("+", "-or-more")


@register.filter
def mail_address(email: str) -> str:
    """Return the address that begins a letter to ``email``."""
    return f"mailto:{email}"


@register.filter
def web_name(address: str) -> str:
    """Write the address of a web site as one says it: without https, www and the last slash."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address


@register.inclusion_tag("ui/factor_mark.html")
def factor_mark(
    key: str, *, named: bool = False, short: bool = False, silent: bool = False, size: str = ""
) -> dict[str, Any]:
    """Draw a factor's mark; ``named`` writes its name after it, ``size`` is "large" or nothing.

    With ``short`` the name is the one for narrow places. Without ``named`` a screen reader still
    hears the name, unless the mark is ``silent`` since the name stands beside it.
    """
    mark = MARKS[str(key)]
    name = mark.short_name if short else mark.name
    return {"mark": mark, "name": name, "named": named, "silent": silent, "size": size}


@register.inclusion_tag("ui/logo.html")
def logo(size: str = "") -> dict[str, str]:
    """Draw the five factors tied; ``size`` is "large" or nothing."""
    return {"size": size}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(trail: Sequence[tuple[object, str]], here: object) -> dict[str, Any]:
    """Show the way back: ``trail`` is (label, address) from the top, ``here`` this page."""
    return {"trail": trail, "here": here}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Draw the way between the pages of a list, keeping what was searched for."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context["request"]}


# Parts with something in them ---------------------------------------------------------------------
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


@register.simple_block_tag
def card(
    content: str, title: str, *, href: str = "", way: str = "", eyebrow: str = ""
) -> SafeString:
    """Draw a thing that can be picked up; ``way`` is the words of its link to ``href``."""
    return render_to_string(
        "ui/card.html",
        {"title": title, "href": href, "way": way, "eyebrow": eyebrow, "content": content},
    )


@register.simple_block_tag
def notice(content: str, *, tone: str = "info", title: str = "") -> SafeString:
    """Say something beside the matter; ``tone`` is info, note, wait or warn."""
    return render_to_string("ui/notice.html", {"tone": tone, "title": title, "content": content})


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """Say what is missing, and in the block what to do about it."""
    return render_to_string("ui/empty.html", {"title": title, "content": content})


@register.simple_block_tag
def list_row(
    content: str,
    title: str,
    *,
    href: str = "",
    state: str = "",
    tone: str = "",
    due: str = "",
    action: str = "",
    action_href: str = "",
) -> SafeString:
    """Draw a row of a ruled list; it ends in one next action, a verb.

    Stands in ``<ul class="rows">``. The block is the line beneath the title.
    """
    return render_to_string(
        "ui/list_row.html",
        {
            "content": content,
            "title": title,
            "href": href,
            "state": state,
            "tone": tone,
            "due": due,
            "action": action,
            "action_href": action_href,
        },
    )


# Fields -------------------------------------------------------------------------------------------
_TICKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw a form's field with label, help and error, as Designsystemet draws them."""
    widget = bound.field.widget
    is_ticked = isinstance(widget, forms.CheckboxInput)
    is_group = isinstance(widget, _TICKED) and not is_ticked
    css = "" if is_group else "ds-input"
    attrs: dict[str, Any] = {"class": css} if css else {}
    if isinstance(widget, forms.Textarea):
        attrs["cols"] = False  # its width is the form's
    drawn = bound.as_widget(attrs=attrs)
    return {"field": bound, "drawn": drawn, "is_ticked": is_ticked, "is_group": is_group}


@register.inclusion_tag("ui/choices.html")
def choices(bound: BoundField) -> dict[str, Any]:
    """Draw a field with a few choices as large buttons side by side: one tap, no list to open."""
    return {"field": bound}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """Say all that is wrong with a form that was sent in, each with a way to its field.

    Draws nothing for a form without faults. Stands above the fields; a script moves the reader
    there.
    """
    return {"form": form}


# Drawings -----------------------------------------------------------------------------------------
@register.inclusion_tag("ui/strategy_model.html")
def strategy_model(drawing: ModelDrawing, *, level: int = 3) -> dict[str, Any]:
    """Draw the focus areas as the strategy does; ``level`` is that of their headings."""
    return {"drawing": drawing, "heading": f"h{level}"}


@register.inclusion_tag("ui/knot.html")
def knot(drawing: Knot) -> dict[str, Any]:
    """Draw the five factors tied, each as large as it is here."""
    return {"knot": drawing}


@register.inclusion_tag("ui/map.html", name="map")
def map_picture(drawing: MapPicture) -> dict[str, Any]:
    """Draw a map, and beside it the table that says the same."""
    return {"map": drawing}


@register.inclusion_tag("ui/coverage_cell.html")
def coverage_cell(count: int, factor: str, href: str, *, gap: bool = True) -> dict[str, Any]:
    """Draw how many there are of a factor in a place; none is a gap, and says so.

    Where nobody is expected to have them all, ``gap=False`` leaves the empty cell plain.
    """
    return {
        "count": count,
        "mark": MARKS[str(factor)],
        "bubble": Bubble.of(count),
        "href": href,
        "gap": gap,
    }
