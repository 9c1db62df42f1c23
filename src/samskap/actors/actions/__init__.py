"""What is done with actors; a file a subject."""

from samskap.actors.actions.confirming import (
    AskedLatelyError,
    LetterAnswer,
    LetterNotOpenError,
    NoAddressError,
    answer_letter,
    ask_actor,
)
from samskap.actors.actions.demonstrating import load_invented_world
from samskap.actors.actions.freshness import confirm_fields
from samskap.actors.actions.merging import (
    AlreadyMergedError,
    AlreadyUndoneError,
    ExampleAndRealError,
    LaterMergeError,
    SameActorError,
    merge_actors,
    tell_apart,
    undo_merge,
)
from samskap.actors.actions.registering import (
    NotADemonstrationError,
    edit_actor,
    gather_sub_regions,
    load_actors,
    register_actor,
)
from samskap.actors.actions.suggestions import (
    SuggestionAnsweredError,
    accept_suggestion,
    decline_suggestion,
)
from samskap.actors.actions.ties import (
    TieAlreadyEndedError,
    TieFacts,
    edit_tie,
    end_tie,
    remove_tie,
    tie_actors,
    tie_many,
)

__all__ = [
    "AlreadyMergedError",
    "AlreadyUndoneError",
    "AskedLatelyError",
    "ExampleAndRealError",
    "LaterMergeError",
    "LetterAnswer",
    "LetterNotOpenError",
    "NoAddressError",
    "NotADemonstrationError",
    "SameActorError",
    "SuggestionAnsweredError",
    "TieAlreadyEndedError",
    "TieFacts",
    "accept_suggestion",
    "answer_letter",
    "ask_actor",
    "confirm_fields",
    "decline_suggestion",
    "edit_actor",
    "edit_tie",
    "end_tie",
    "gather_sub_regions",
    "load_actors",
    "load_invented_world",
    "merge_actors",
    "register_actor",
    "remove_tie",
    "tell_apart",
    "tie_actors",
    "tie_many",
    "undo_merge",
]
