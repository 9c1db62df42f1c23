"""What is past its time, by the rules the rooms declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.privacy import registry

if TYPE_CHECKING:
    from datetime import datetime


def due(at: datetime) -> dict[str, int]:
    """Count what each rule would let go of at ``at``, and touch nothing."""
    return {key: rule.due(at).count() for key, rule in registry.rules().items()}


def let_go(at: datetime) -> dict[str, int]:
    """Let go of it, in the transaction that is open; return how much, by rule."""
    return {key: rule.forget(rule.due(at), at) for key, rule in registry.rules().items()}
