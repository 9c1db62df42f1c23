"""Choose one actor out of thousands: search as you type, and a button where there is no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samskap.actors.compute.lines import line_of
from samskap.actors.queries import actors_seen_by, contact_entries_seen_by, for_lines
from samskap.actors.search import search_actors
from samskap.trust.models import Role
from samskap.ui.forms import Form

if TYPE_CHECKING:
    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.models import Actor
    from samskap.workspace.desk import Desk

PICKS: Final = 6
_RECENT: Final = 4


class ChoosesActor(Form):
    """A form that is about one actor: ``q`` is what is searched for, ``actor`` who is chosen."""

    q = forms.CharField(required=False, max_length=100)
    # That it is there is asked for below, in words that say how.
    actor = forms.CharField(label=_("Actor"), max_length=100, required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        self.desk = desk
        super().__init__(*args, **kwargs)
        slug = str(self["actor"].value() or "").replace("\0", "")
        self.chosen: Actor | None = (
            actors_seen_by(desk.reader).filter(slug=slug).first() if slug else None
        )

    def clean_actor(self) -> str:
        """Check that the actor is one of those there are."""
        if self.chosen is None:
            raise forms.ValidationError(_("Find the actor, and choose it."))
        return str(self.cleaned_data["actor"])

    @property
    def may_register(self) -> bool:
        """Whether whoever finds nobody may register an actor instead."""
        return may_register(self.desk)

    def picks(self) -> list[ActorLine]:
        """Return the one who is chosen, then those the search finds."""
        slug = self.chosen.slug if self.chosen else ""
        return picks(str(self["q"].value() or ""), slug, self.desk)


class OtherActorForm(ChoosesActor):
    """Choose another actor than ``own``."""

    def __init__(self, *args: Any, desk: Desk, own: Actor, **kwargs: Any) -> None:
        self.own = own
        super().__init__(*args, desk=desk, **kwargs)

    def clean_actor(self) -> str:
        """Check that it is another, and one of those there are."""
        slug = super().clean_actor()
        if slug == self.own.slug:
            raise forms.ValidationError(_("That is the one you came from. Choose another."))
        return slug

    def picks(self) -> list[ActorLine]:
        """Return the one who is chosen, then those the search finds, without ``own``."""
        return [line for line in super().picks() if line.slug != self.own.slug]


def may_register(desk: Desk) -> bool:
    """Tell whether whoever sits here may register an actor that nobody finds."""
    return desk.holds(Role.SECRETARIAT)


def picks(query: str, chosen: str, desk: Desk) -> list[ActorLine]:
    """Return the actor called ``chosen`` and those that ``query`` finds, the best first.

    Before anything is chosen or searched for: those we last wrote up a talk with.
    """
    seen = for_lines(actors_seen_by(desk.reader))
    first = [line_of(row) for row in seen.filter(slug=chosen)] if chosen else []
    if query.strip():
        hits = search_actors(query, reader=desk.reader, language=get_language(), limit=PICKS)
        found = [*hits.actors, *hits.suggestions]
    else:
        found = [] if first else _recent(desk)
    return first + [line for line in found if line.slug != chosen]


def _recent(desk: Desk) -> list[ActorLine]:
    entries = contact_entries_seen_by(desk.reader).filter(by__user=desk.user)
    latest = list(
        dict.fromkeys(entries.order_by("-written_at").values_list("actor", flat=True)[:40])
    )
    rows = for_lines(actors_seen_by(desk.reader)).in_bulk(latest[:_RECENT])
    return [line_of(rows[key]) for key in latest[:_RECENT] if key in rows]
