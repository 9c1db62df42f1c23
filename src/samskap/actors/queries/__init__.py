"""What is read of actors and of what hangs on them; every query through an access function."""

from samskap.actors.queries.actors import (
    actors_seen_by,
    counted_there,
    factor_counts,
    factor_counts_by_place,
    for_lines,
    home_region,
    in_order,
    matching,
    of_kinds,
    on_sides,
    parties_of_examples,
    with_details,
    with_factors,
)
from samskap.actors.queries.bodies import bodies_seen_by, seats_on, seats_seen_by
from samskap.actors.queries.memberships import (
    actors_that_are_members,
    memberships_on,
    memberships_seen_by,
)
from samskap.actors.queries.people import contact_entries_seen_by, contacts_seen_by
from samskap.actors.queries.ties import ties_on, ties_seen_by

__all__ = [
    "actors_seen_by",
    "actors_that_are_members",
    "bodies_seen_by",
    "contact_entries_seen_by",
    "contacts_seen_by",
    "counted_there",
    "factor_counts",
    "factor_counts_by_place",
    "for_lines",
    "home_region",
    "in_order",
    "matching",
    "memberships_on",
    "memberships_seen_by",
    "of_kinds",
    "on_sides",
    "parties_of_examples",
    "seats_on",
    "seats_seen_by",
    "ties_on",
    "ties_seen_by",
    "with_details",
    "with_factors",
]
