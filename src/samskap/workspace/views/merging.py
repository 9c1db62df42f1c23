"""Two that may be one: the list of them, the comparison, the merge, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samskap.actors import actions, queries
from samskap.actors.compute.duplicates import compare, likely_pairs
from samskap.actors.models import Actor, Merge, Size
from samskap.actors.rewiring import CHOICES
from samskap.actors.words import choice_name
from samskap.kernel.identifiers import spaced_number
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Role
from samskap.ui.unsent import typed
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.editing import editing, hold
from samskap.workspace.forms.choosing import OtherActorForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from samskap.actors.compute.duplicates import Difference
    from samskap.workspace.desk import Desk
    from samskap.workspace.editing import Editing

# What each kind of row is called where we tell how many go over.
_KINDS: Final[dict[str, _StrPromise]] = {
    "actors.Tie": gettext_lazy("ties"),
    "actors.Membership": gettext_lazy("memberships"),
    "actors.Seat": gettext_lazy("seats in bodies"),
    "actors.Contact": gettext_lazy("people"),
    "actors.ContactEntry": gettext_lazy("talks"),
    "trust.Mandate": gettext_lazy("mandates"),
    "actors.ActorFactor": gettext_lazy("factors"),
    "actors.ActorFocusArea": gettext_lazy("focus areas"),
    "actors.IndustryCode": gettext_lazy("codes of industry"),
    "actors.Site": gettext_lazy("sites"),
    "actors.Suggestion": gettext_lazy("suggestions"),
}


@at_the_desk(Role.SECRETARIAT)
def duplicates(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List those that may be one, and the merges that can be taken back."""
    merges = Merge.objects.select_related("kept", "absorbed", "merged_by").order_by(
        "-merged_at", "-pk"
    )
    seen = queries.actors_seen_by(desk.reader).order_by().values("pk")
    return render(
        request,
        "workspace/merging/list.html",
        context(
            desk,
            pairs=likely_pairs(reader=desk.reader),
            merges=list(merges.filter(undone_at__isnull=True, kept__in=seen)[:20]),
        ),
    )


@at_the_desk(Role.SECRETARIAT)
def choose(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Find the other one; a press of the search button only searches."""
    kept = _one(desk, slug)
    form = OtherActorForm(typed(request), desk=desk, own=kept)
    is_sent = request.method == "POST" and "find" not in request.POST
    if is_sent and form.is_valid():
        return redirect("workspace:merge", kept.slug, form.cleaned_data["actor"])
    page = context(desk, form=form, own=kept)
    return render(request, "workspace/merging/choose.html", page, status=422 if is_sent else 200)


@at_the_desk(Role.SECRETARIAT)
@transaction.atomic
def merge(request: HttpRequest, desk: Desk, slug: str, other: str) -> HttpResponse:
    """Compare two, the first of which is kept; merge them when asked to."""
    kept, absorbed = _one(desk, slug), _one(desk, other)
    if kept.pk == absorbed.pk:
        raise Http404(other)
    if request.method == "POST":
        for row in sorted((kept, absorbed), key=lambda row: row.pk):
            hold(row)
    changed = editing(request, desk, kept, Form, told=lambda: _standing(kept, absorbed))
    if changed.may_be_kept:
        return _merge(request, desk, kept, absorbed)
    return _comparison(request, desk, kept, absorbed, changed)


@require_POST
@at_the_desk(Role.SECRETARIAT)
def undo(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Part two that were merged."""
    found = Merge.objects.select_related("kept", "absorbed").filter(key=key).first()
    if found is None:
        raise Http404(key)
    try:
        actions.undo_merge(merge=found, by=desk.user, at=desk.now)
    except actions.LaterMergeError:
        messages.error(request, _("Another merge came after this one. Take that back first."))
    except actions.AlreadyUndoneError:
        messages.info(request, _("They were parted already."))
    else:
        told = {"one": found.kept.name, "other": found.absorbed.name}
        messages.success(request, _("%(one)s and %(other)s are two again.") % told)
    return redirect("workspace:duplicates")


@require_POST
@at_the_desk(Role.SECRETARIAT)
def tell_apart(request: HttpRequest, desk: Desk, slug: str, other: str) -> HttpResponse:
    """Say that two that look alike are two."""
    first, second = _one(desk, slug), _one(desk, other)
    if first.pk == second.pk:
        raise Http404(other)
    actions.tell_apart(first=first, second=second, by=desk.user, at=desk.now)
    told = {"one": first.name, "other": second.name}
    messages.success(request, _("%(one)s and %(other)s stay two.") % told)
    return redirect("workspace:duplicates")


def _merge(request: HttpRequest, desk: Desk, kept: Actor, absorbed: Actor) -> HttpResponse:
    take = {choice for choice in CHOICES if request.POST.get(choice) == "absorbed"}
    try:
        actions.merge_actors(kept=kept, absorbed=absorbed, take=take, by=desk.user, at=desk.now)
    except actions.ExampleAndRealError as refused:
        raise PermissionDenied from refused
    told = {"other": absorbed.name, "one": kept.name}
    messages.success(
        request,
        _("%(other)s is now part of %(one)s. You can take it back under Duplicates.") % told,
    )
    return redirect("workspace:actor", kept.slug)


def _standing(kept: Actor, absorbed: Actor) -> dict[str, tuple[str, str]]:
    """Return what each says where they differ, as the comparison tells it."""
    return {
        each.choice: (
            choice_name(each.choice),
            f"{_told(each.choice, kept)} / {_told(each.choice, absorbed)}",
        )
        for each in compare(kept, absorbed).differences
    }


def _comparison(
    request: HttpRequest, desk: Desk, kept: Actor, absorbed: Actor, changed: Editing[Form]
) -> HttpResponse:
    compared = compare(kept, absorbed)
    sent = typed(request) or QueryDict()
    return render(
        request,
        "workspace/merging/compare.html",
        context(
            desk,
            kept=kept,
            absorbed=absorbed,
            editing=changed,
            differences=[
                _in_words(each, kept, absorbed, sent.get(each.choice))
                for each in compared.differences
            ],
            moving=[(_KINDS[kind], count) for kind, count in compared.moving if kind in _KINDS],
            made_visible=compared.made_visible,
            may_merge=kept.is_demo == absorbed.is_demo,
            turned=reverse("workspace:merge", args=[absorbed.slug, kept.slug]),
        ),
        status=changed.status,
    )


def _in_words(difference: Difference, kept: Actor, absorbed: Actor, chosen: Any) -> dict[str, Any]:
    choice = difference.choice
    ours, theirs = _told(choice, kept), _told(choice, absorbed)
    return {
        "choice": choice,
        "label": choice_name(choice),
        "kept": ours,
        "absorbed": theirs,
        # What one of them does not know is taken from the one that does.
        "takes": chosen == "absorbed" if chosen else not ours and bool(theirs),
    }


def _told(choice: str, actor: Actor) -> LocalisedText | str:
    """Return what an actor says, as a page tells it; empty when it says nothing."""
    if choice in _SHOWN:
        return _SHOWN[choice](actor)
    value = getattr(actor, choice)
    if isinstance(value, dict):
        return LocalisedText(value)
    shown = getattr(actor, f"get_{choice}_display", None)
    if shown is not None:
        return str(shown())
    return "" if value is None else str(value)


def _size(actor: Actor) -> str:
    return "" if actor.size == Size.UNKNOWN else str(actor.get_size_display())


def _address(actor: Actor) -> str:
    return ", ".join(filter(None, (actor.street, f"{actor.postcode} {actor.post_town}".strip())))


def _number(actor: Actor) -> str:
    return spaced_number(actor.organisation_number, country=actor.country)


def _founded(actor: Actor) -> str:
    return date_format(actor.founded_on) if actor.founded_on else ""


_SHOWN: Final[Mapping[str, Callable[[Actor], LocalisedText | str]]] = {
    "employees": _size,
    "founded_on": _founded,
    "organisation_number": _number,
    "address": _address,
    "place": lambda actor: actor.place.name,
    "source": lambda actor: actor.source.title,
}


def _one(desk: Desk, slug: str) -> Actor:
    seen = queries.actors_seen_by(desk.reader).select_related("place", "source", "party")
    found = seen.filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found
