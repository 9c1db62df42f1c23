"""What a letter's link shows, and what came of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from samskap.actors import letters, queries
from samskap.actors.compute.whole import WholeActor, whole_actor
from samskap.actors.models import Actor, SuggestionKind
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from samskap.actors.models import Suggestion


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """The one actor that a link is for, and what stands here of each field it may correct."""

    whole: WholeActor
    values: Mapping[str, str]


def letter_with(secret: str, *, at: datetime) -> OpenLetter | None:
    """Return what the link with ``secret`` shows; none when it is answered, too old or made up.

    The actor is shown its own facts whoever else may see them; sources as the public sees them.
    """
    letter = queries.open_letter(secret, at=at)
    if letter is None:
        return None
    own = Actor.objects.filter(pk=letter.actor_id, merged_into__isnull=True)
    found = queries.with_everything(own, reader=PUBLIC).first()
    if found is None:
        return None
    language = letters.language_of(letter.actor, letter.contact)
    return OpenLetter(
        whole=whole_actor(found, on=timezone.localdate(at)),
        values=letters.told_values(letter.actor, language),
    )


def came_of(suggestions: Iterable[Suggestion]) -> str:
    """Return 'out', 'corrected' or 'confirmed'."""
    kinds = {each.kind for each in suggestions}
    if SuggestionKind.REMOVE in kinds:
        return "out"
    return "corrected" if kinds else "confirmed"
