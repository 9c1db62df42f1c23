"""What is the same for every test is worked out once in a run; no test sees a difference."""

from __future__ import annotations

import gc
from functools import lru_cache
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

from samskap.kernel.documents import reading

# The sweeper comes when so many more objects were made than let go; Python's own number is 700.
_OBJECTS = 50_000
_TEXTS = 64


def sweep_seldom() -> None:
    """Let the garbage collector pass over what is there for good, and come seldom for the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 50)


def parse_the_same_text_once() -> None:
    """Give the same nodes for the same YAML: whoever builds data of them changes none."""
    reading.nodes_of = lru_cache(_TEXTS)(reading.nodes_of)


def look_for_static_files_once() -> None:
    """Look where the static files are for the first client; each client's middleware is new."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[tuple[object, ...], dict[str, Any]] = {}

    def add(middleware: Any) -> None:
        how = (middleware.static_root, middleware.static_prefix, middleware.max_age)
        if how not in found:
            look(middleware)
            found[how] = dict(middleware.files)
        middleware.files.update(found[how])

    WhiteNoiseMiddleware.add_files_from_finders = add
