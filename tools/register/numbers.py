"""Organisation numbers of the 3xx series, which no living organisation has."""

from __future__ import annotations

MOST = 3_000_000
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_ELEVEN = 11
_NONE = 10
_FIRST = 3_000_000
_A_PREFIX = 3


def entity_number(index: int) -> str:
    """Return the number of the entity at ``index``, from 0 to just under ``MOST``."""
    return _number(index, "0246")


def establishment_number(index: int) -> str:
    """Return the number of the establishment at ``index``; no entity has it."""
    return _number(index, "13579")


def _number(index: int, last_digits: str) -> str:
    """Take three numbers from each prefix; at most one of its digits has no check digit."""
    if not 0 <= index < MOST:
        raise ValueError(f"There are numbers for 0 to {MOST - 1}, and none for {index}.")
    prefix, turn = divmod(index, _A_PREFIX)
    candidates = (f"{_FIRST + prefix}{digit}" for digit in last_digits)
    valid = [number for number in candidates if _check_digit(number) != _NONE]
    return f"{valid[turn]}{_check_digit(valid[turn])}"


def _check_digit(digits: str) -> int:
    weighed = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return -weighed % _ELEVEN
