"""The parts a page is put together of: small ones, and those with something in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string

from samskap.ui.marks import MARKS

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


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
