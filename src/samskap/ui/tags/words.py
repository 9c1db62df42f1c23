"""Words as a page writes them: in their language, inside a sentence, as an address."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from samskap.kernel.dates import day_in_words
from samskap.kernel.text import LocalisedText, inside_a_sentence

register = template.Library()
register.filter("day_in_words", day_in_words)


@register.filter
def inside(name: object) -> str:
    """Write the name of a role or a factor as it stands in the middle of a sentence."""
    return inside_a_sentence(name)


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
