"""The fields of a form, with what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms, template

if TYPE_CHECKING:
    from django.forms import BoundField


register = template.Library()


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
