"""The log: everything that was done, to read and not to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samskap.trust import actions
from samskap.trust import queries as trust
from samskap.trust.log.waiting import how_far
from samskap.trust.models import LogPractice, Role
from samskap.trust.public import newest_heads
from samskap.ui.forms import Form
from samskap.workspace import trail
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing
from samskap.workspace.words import KINDS, VERBS, kind_in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from samskap.trust.models import AuditEntry
    from samskap.workspace.desk import Desk

PAGE_SIZE: Final = 50
_FOLDED: Final = ("verb", "kind", "since", "until")


class LogForm(Form):
    """What to look for in the log; nothing at all shows everything."""

    verb = forms.ChoiceField(label=_("What was done"), required=False)
    kind = forms.ChoiceField(label=_("About what"), required=False)
    who = forms.CharField(label=_("By whom"), required=False, max_length=200)
    since = forms.DateField(
        label=pgettext_lazy("first day", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=pgettext_lazy("last day", "Up to and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        everything = [("", _("Everything"))]
        self.fields["verb"].choices = everything + sorted(  # type: ignore[attr-defined]
            ((verb, str(words)) for verb, words in VERBS.items()), key=lambda choice: choice[1]
        )
        self.fields["kind"].choices = everything + [  # type: ignore[attr-defined]
            (kind, capfirst(kind_in_words(kind))) for kind in KINDS
        ]

    def narrow(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Return the entries that are asked for; a field that is not understood narrows nothing."""
        asked = self.cleaned_data
        if asked.get("verb"):
            entries = entries.filter(verb=asked["verb"])
        if asked.get("kind"):
            entries = entries.filter(about_kind=asked["kind"])
        if asked.get("who"):
            entries = entries.filter(by__in=trust.pseudonyms_of(asked["who"]))
        if asked.get("since"):
            entries = entries.filter(at__date__gte=asked["since"])
        if asked.get("until"):
            entries = entries.filter(at__date__lte=asked["until"])
        return entries


@at_the_desk(Role.AUDITOR, Role.SECRETARIAT)
def log(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the log, the newest first, as narrow as is asked for."""
    everything = trust.audit_entries_seen_by(desk.reader)
    form = LogForm(request.GET or None)
    is_asked = form.is_bound
    found = form.narrow(everything) if is_asked and form.is_valid() else everything
    sealed, waiting = how_far()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "workspace/log.html",
        context(
            desk,
            form=form,
            page=page,
            entries=trail.told(page.object_list, reader=desk.reader),
            is_narrowed=is_asked and any(form.data.get(name) for name in form.fields),
            is_folded_out=is_asked and any(form.data.get(name) for name in _FOLDED),
            sealed=sealed,
            waiting=waiting,
            may_share=desk.holds(Role.SECRETARIAT, Role.ADMINISTRATOR),
        ),
    )


class PracticeForm(Form):
    """Whether the partners get each day's seal by mail."""

    mails_heads = forms.BooleanField(
        label=_("Mail the seal to the partners every night"),
        help_text=_("To everyone who represents a partner. Who keeps the letters can check us."),
        required=False,
    )


@at_the_desk(Role.SECRETARIAT, Role.ADMINISTRATOR)
@transaction.atomic
def practice(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose whether the signed head of the log is mailed to the partners."""
    kept = LogPractice.objects.filter(is_the_one=True).first() or LogPractice()
    changed = editing(
        request,
        desk,
        kept,
        lambda data: PracticeForm(data, initial={"mails_heads": kept.mails_heads}),
    )
    if changed.may_be_kept:
        wanted = changed.form.cleaned_data["mails_heads"]
        actions.choose_head_mailing(mails_heads=wanted, by=desk.user, at=desk.now)
        messages.success(
            request,
            gettext("The partners get the seal by mail every night.")
            if wanted
            else gettext("The seal is not mailed. It stands on our page all the same."),
        )
        return redirect("workspace:log-practice")
    newest = newest_heads(at_most=1)
    return render(
        request,
        "workspace/log_practice.html",
        context(
            desk,
            form=changed.form,
            editing=changed,
            is_mailed=kept.mails_heads,
            newest=newest[0] if newest else None,
        ),
        status=changed.status,
    )
