"""What is done with actors; a file a subject."""

from samskap.actors.actions.freshness import confirm_fields
from samskap.actors.actions.registering import (
    NotADemonstrationError,
    edit_actor,
    gather_sub_regions,
    load_actors,
    register_actor,
)
from samskap.actors.actions.ties import (
    TieAlreadyEndedError,
    TieFacts,
    edit_tie,
    end_tie,
    remove_tie,
    tie_actors,
)

__all__ = [
    "NotADemonstrationError",
    "TieAlreadyEndedError",
    "TieFacts",
    "confirm_fields",
    "edit_actor",
    "edit_tie",
    "end_tie",
    "gather_sub_regions",
    "load_actors",
    "register_actor",
    "remove_tie",
    "tie_actors",
]
