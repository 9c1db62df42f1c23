"""Bring many rows in at once: what each would lead to, and the writing of it.

``planned`` holds the rows of a file up to what we know, without changing anything; ``write`` does
what was planned. Both ask the database about all rows together, never about one.
"""

from samskap.actors.intake.plan import Planned, Terms, planned
from samskap.actors.intake.writing import write

__all__ = ["Planned", "Terms", "planned", "write"]
