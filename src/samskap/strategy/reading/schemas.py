"""The published schemas of the room."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Literal, cast


@cache
def schema(name: Literal["region", "strategy"]) -> dict[str, Any]:
    """Return the JSON Schema of ``region.yaml`` or ``strategy.yaml``."""
    file = resources.files("samskap.strategy").joinpath(f"schema/{name}.schema.json")
    return cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))
