"""Small files an installation keeps for itself: secrets, and what it was last started as."""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

PRIVATE = 0o600


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Give the secret kept in a file, made on the first call, readable by its own user only."""
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8")
    with suppress(FileExistsError):
        _appear(path, make(), over_another=False)
    return path.read_text(encoding="utf-8")


def keep(path: Path, facts: Any) -> None:
    """Write facts as JSON, whole or not at all, readable by their own user only."""
    _appear(path, json.dumps(facts, indent=2, ensure_ascii=False) + "\n", over_another=True)


def kept(path: Path) -> dict[str, Any]:
    """Read facts kept before: empty when there are none, or none that can be read."""
    with suppress(OSError, ValueError):
        facts = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(facts, dict):
            return facts
    return {}


def _appear(path: Path, text: str, *, over_another: bool) -> None:
    """Let a file appear whole; mkstemp makes it private from its first moment."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if over_another:
            draft.replace(path)
        else:
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
