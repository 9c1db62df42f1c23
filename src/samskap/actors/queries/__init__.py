"""What is read of actors and of what hangs on them; every query through an access function."""

from samskap.actors.queries.actors import (
    actors_seen_by,
    counted_there,
    factor_counts,
    factor_counts_by_place,
    for_lines,
    home_region,
    of_kinds,
    on_sides,
    parties_of_examples,
    with_details,
    with_factors,
)
from samskap.actors.queries.bodies import bodies_seen_by, seats_on, seats_seen_by
from samskap.actors.queries.letters import (
    letters_seen_by,
    open_letter,
    suggestions_seen_by,
    waiting,
)
from samskap.actors.queries.memberships import (
    actors_that_are_members,
    memberships_on,
    memberships_seen_by,
)
from samskap.actors.queries.ordering import in_order
from samskap.actors.queries.people import (
    contact_entries_seen_by,
    contacts_on,
    contacts_seen_by,
    entries_that_may_name,
    open_steps,
)
from samskap.actors.queries.searching import industries_like, matching, near_misses, words_of
from samskap.actors.queries.ties import ties_on, ties_seen_by
from samskap.actors.queries.whole import kept_instead_of, ties_of, with_everything

__all__ = [
    "actors_seen_by",
    "actors_that_are_members",
    "bodies_seen_by",
    "contact_entries_seen_by",
    "contacts_on",
    "contacts_seen_by",
    "counted_there",
    "entries_that_may_name",
    "factor_counts",
    "factor_counts_by_place",
    "for_lines",
    "home_region",
    "in_order",
    "industries_like",
    "kept_instead_of",
    "letters_seen_by",
    "matching",
    "memberships_on",
    "memberships_seen_by",
    "near_misses",
    "of_kinds",
    "on_sides",
    "open_letter",
    "open_steps",
    "parties_of_examples",
    "seats_on",
    "seats_seen_by",
    "suggestions_seen_by",
    "ties_of",
    "ties_on",
    "ties_seen_by",
    "waiting",
    "with_details",
    "with_everything",
    "with_factors",
    "words_of",
]
