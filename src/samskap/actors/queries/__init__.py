"""What is read of actors and of what hangs on them; every query through an access function."""

from samskap.actors.queries.actors import (
    actors_ever_seen_by,
    actors_seen_by,
    counted_there,
    factor_counts,
    for_lines,
    home_region,
    parties_of_examples,
    with_details,
)
from samskap.actors.queries.bodies import bodies_seen_by, seats_on, seats_seen_by
from samskap.actors.queries.letters import (
    letters_seen_by,
    open_letter,
    suggestions_seen_by,
    waiting,
)
from samskap.actors.queries.memberships import (
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
    "actors_ever_seen_by",
    "actors_seen_by",
    "bodies_seen_by",
    "contact_entries_seen_by",
    "contacts_on",
    "contacts_seen_by",
    "counted_there",
    "entries_that_may_name",
    "factor_counts",
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
    "words_of",
]
