"""The gallery: every component as it looks, in both colour schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samskap.ui.drawings import Knot, ModelArea, ModelDrawing
from samskap.ui.forms import Form
from samskap.ui.marks import MARKS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_COUNTS = {
    "public-authority": 22,
    "entrepreneurship": 4,
    "research-education": 9,
    "business": 31,
    "capital": 1,
}


class ExampleForm(Form):
    """One of each field, with a fault in one of them."""

    name = forms.CharField(label=_("Name of the organisation"))
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("We use it only to answer you.")
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("need", _("A need")), ("offer", _("An offer"))],
    )
    message = forms.CharField(label=_("Tell us more"), widget=forms.Textarea(attrs={"rows": 3}))
    factors = forms.MultipleChoiceField(
        label=_("Factors"),
        choices=[(key, mark.name) for key, mark in MARKS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    answer = forms.BooleanField(label=_("I would like an answer"), required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who build and those who judge."""
    home = reverse("portal:home")
    return render(
        request,
        "portal/gallery.html",
        {
            "marks": MARKS.values(),
            "counts": (0, 1, 3, 12, 48),
            "trail": [(_("Home"), home), (_("Components"), home)],
            "page": Paginator(range(1, 241), 20).page(4),
            "schemes": _forms(),
            "knot": Knot.of(_COUNTS, dict.fromkeys(MARKS, home)),
            "model": ModelDrawing(
                [ModelArea(str(_("A pillar")), str(_("What it is about")), home)] * 3,
                [ModelArea(str(_("Across")), str(_("What it is about")), home)],
                [ModelArea(str(_("A support")), str(_("What it is about")), home)] * 2,
            ),
        },
    )


def _forms() -> dict[str, ExampleForm]:
    """Return a form for each scheme, each with its own ids, sent in with faults."""
    return {
        scheme: ExampleForm(
            {"name": "Rakkestad Gründerhus", "email": "post", "answer": True},
            auto_id=f"{scheme}-%s",
        )
        for scheme in ("light", "dark")
    }
