"""One actor or one place for the world, and the answer of an actor by its link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors import actions, queries
from samskap.actors.compute import places as places_of
from samskap.actors.compute.letters import came_of
from samskap.actors.compute.lines import ActorSheet, sheet_of
from samskap.actors.compute.page import ActorPage, page_of
from samskap.trust.access import PUBLIC
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from datetime import date, datetime

    from samskap.actors.actions import LetterAnswer
    from samskap.actors.compute.places import PlacePage
    from samskap.trust.access import Reader


def actor(slug: str, *, reader: Reader = PUBLIC) -> ActorSheet | None:
    """Return one actor by its key in addresses; none when ``reader`` may not see it."""
    seen = queries.with_details(queries.actors_seen_by(reader), reader=reader)
    found = seen.filter(slug=slug).first()
    return sheet_of(found) if found else None


def actor_page(slug: str, *, on: date, reader: Reader = PUBLIC) -> ActorPage | None:
    """Return all of one actor by its key in addresses; none when ``reader`` may not see it.

    Five questions to the database.
    """
    found = queries.with_everything(
        queries.actors_seen_by(reader).filter(slug=slug), reader=reader
    ).first()
    return page_of(found, reader=reader, on=on) if found else None


def moved_to(slug: str, *, reader: Reader = PUBLIC) -> str | None:
    """Return the key of the actor that the one at an old address was merged into, if any."""
    kept = queries.kept_instead_of(slug, reader=reader)
    return kept.slug if kept else None


def place_page(key: str, *, on: date, reader: Reader = PUBLIC) -> PlacePage | None:
    """Return who is in a place, what is missing and what lies around; none when there is none.

    At most ten questions to the database, however many are there.
    """
    region = queries.home_region(on=on)
    return places_of.place_page(key, reader=reader, region=region, on=on)


def answer_letter(secret: str, answer: LetterAnswer, *, at: datetime) -> str | None:
    """Take what an actor says of itself by a letter's link; the door acts for whoever holds it.

    Returns what came of it, 'confirmed', 'corrected' or 'out'; none when the link is closed.
    """
    try:
        return came_of(actions.answer_letter(secret=secret, answer=answer, by=OPERATOR, at=at))
    except actions.LetterNotOpenError:
        return None
