"""Who does something: an account, or the operator at the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from samskap.trust.models import User


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the ``samskap`` command or a scheduled job: has the machine's keys already."""


OPERATOR = Operator()

Doer: TypeAlias = User | Operator
