"""“Stemmer dette?”: whoever holds a letter's link answers for the actor, without an account."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from allauth.core.internal import ratelimit
from django import forms
from django.core.validators import RegexValidator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.actors import public as actors
from samskap.portal.views.errors import too_often
from samskap.strategy import public as strategy
from samskap.ui.forms import Form
from samskap.ui.unsent import status_of, typed, what_was_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BoundField
    from django.http import HttpRequest, HttpResponse

# Enough for an office behind one address; far too few to find a secret of 256 bits.
_ATTEMPTS: Final = {"confirmation-letter": "30/10m/ip"}
_NOT_SHOWN: Final = ("employees", "street", "web", "email", "phone")


class LetterForm(Form):
    """What may be corrected, a field each, and what else the actor wants to say."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(
        label=_("What you do"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two."),
    )
    web = forms.URLField(label=_("Web page"), required=False, max_length=300, assume_scheme="https")
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The organisation’s own address, not a person’s."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^\+?[\d ]+$", _("Write a phone number in digits."))],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    street = forms.CharField(label=_("Street address"), required=False, max_length=250)
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    post_town = forms.CharField(label=_("Post town"), required=False, max_length=100)
    employees = forms.IntegerField(
        label=_("Number of employees"), required=False, min_value=0, max_value=1_000_000
    )
    comment = forms.CharField(
        label=_("Write it here"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    wants_out = forms.BooleanField(
        label=_("Take us out of the overview"),
        required=False,
        help_text=_("You may say why in the field above. Corrections are left aside then."),
    )

    def values(self) -> list[BoundField]:
        """Return the fields that may be corrected."""
        return [self[name] for name in actors.CORRECTED]

    def answer(self) -> actors.LetterAnswer:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        return actors.LetterAnswer(
            values={
                name: "" if typed[name] is None else str(typed[name]) for name in actors.CORRECTED
            },
            comment=typed["comment"],
            wants_out=typed["wants_out"],
        )


def _told_to_nobody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let no browser keep the page, no site learn its address, and no search engine list it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        add_never_cache_headers(answer)
        # Not "no-referrer": a browser would send the form as if from nowhere, and be refused.
        answer["Referrer-Policy"] = "same-origin"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


@_told_to_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what we say of the one actor the link is for; take its answer by POST, once."""
    if not ratelimit.consume(
        request, app="samskap", action="confirmation-letter", config=_ATTEMPTS, limit_get=True
    ):
        return too_often(request)
    now = timezone.now()
    asked = actors.letter_with(secret, at=now)
    if asked is None:
        return _closed(request)
    form = LetterForm(typed(request), initial=dict(asked.values))
    if request.method == "POST" and form.is_valid():
        came_of_it = actors.answer_letter(secret, form.answer(), at=now)
        if came_of_it is None:
            return _closed(request)
        return redirect("portal:letter-thanks", came_of_it)
    sheet = actors.fact_sheet(asked.whole)
    rows = [row for row in sheet.rows if row.fact not in _NOT_SHOWN]
    return render(
        request,
        "portal/letter.html",
        {"form": form, "actor": asked.whole.line, "facts": {"rows": rows}},
        status=status_of(request, form),
    )


@_told_to_nobody
@require_safe
def thanks(request: HttpRequest, came_of_it: str) -> HttpResponse:
    """Thank, and say what happens next."""
    return render(request, "portal/letter_thanks.html", {"came_of_it": came_of_it})


def _closed(request: HttpRequest) -> HttpResponse:
    """Say the same of a link that is used, too old or made up."""
    partnership = strategy.partnership()
    contact = partnership.contact if partnership else ""
    facts = {"contact": contact, **what_was_typed(request)}
    return render(request, "portal/letter_closed.html", facts, status=410)
