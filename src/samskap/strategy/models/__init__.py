"""The partnership, its strategy's versions, and what each version says."""

from samskap.strategy.models.element import ElementKind, StrategyElement
from samskap.strategy.models.partnership import Host, Partnership
from samskap.strategy.models.version import AdoptionDate, StrategyVersion, next_label

__all__ = [
    "AdoptionDate",
    "ElementKind",
    "Host",
    "Partnership",
    "StrategyElement",
    "StrategyVersion",
    "next_label",
]
