"""What is done with actors; a file a subject."""

from samskap.actors.actions.registering import (
    NotADemonstrationError,
    edit_actor,
    gather_sub_regions,
    load_actors,
    register_actor,
)

__all__ = [
    "NotADemonstrationError",
    "edit_actor",
    "gather_sub_regions",
    "load_actors",
    "register_actor",
]
