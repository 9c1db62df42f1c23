"""Why a suggestion is declined."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.ui.forms import Form


class DeclineForm(Form):
    """A sentence that says why the actor stays as it is."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the log. The one who wrote to us is not told by mail."),
    )
