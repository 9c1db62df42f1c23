"""Whom a typed name means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from samskap.kernel.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.actors.compute.network import Node

_OFFERED: Final = 8


def named(nodes: Sequence[Node], typed: str) -> tuple[Node, ...]:
    """Return those of ``nodes`` that ``typed`` may mean: one when it is clear, at most eight.

    A name as addresses write it is clear, and so is a whole name in any language that only one
    has; else those whose names hold every word.
    """
    exact = [node for node in nodes if node.slug == typed.strip()]
    wanted = folded(typed).strip()
    whole = [node for node in nodes if wanted in {folded(name) for name in node.name.values()}]
    words = wanted.split()
    some = exact or whole or [node for node in nodes if words and _holds(node, words)]
    return tuple(some[:_OFFERED])


def _holds(node: Node, words: list[str]) -> bool:
    names = [folded(name) for name in node.name.values()]
    return any(all(word in name for word in words) for name in names)
