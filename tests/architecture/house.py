"""The house as the tests see it: its rooms from the top down, and their files."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "samskap"

# From the top of the house down; what stands on one line may not know its neighbours.
FLOORS = (
    ("config",),
    ("portal", "workspace", "api", "cli", "jobs"),
    ("connectors",),
    ("actors",),
    ("strategy",),
    ("evidence",),
    ("trust",),
    ("ui",),
    ("kernel",),
    ("runtime",),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def actions_files() -> list[Path]:
    """Every file in which a room's verbs stand."""
    return sorted([*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions/*.py")])


@cache
def parsed(path: Path) -> ast.Module:
    """Return the file as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(node: ast.expr) -> str:
    """Return 'audit.record' for the expression audit.record."""
    return ast.unparse(node)


@cache
def imported_names(path: Path) -> list[str]:
    """Return every module the file names in an import."""
    names: list[str] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names
