"""Organisation numbers and their check digits."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel.identifiers import clean_organisation_number

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(eight):
    """The ninth digit by hand: weighted sum modulo 11, taken from 11; none when that is 10."""
    digit = -sum(int(n) * weight for n, weight in zip(eight, _WEIGHTS, strict=True)) % 11
    return None if digit == 10 else str(digit)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("938801363", "938801363"),
        ("938 801 363", "938801363"),
        ("313001202", "313001202"),
    ],
)
def test_a_right_number_comes_back_as_digits_alone(written, number):
    assert clean_organisation_number(written) == number


@pytest.mark.parametrize("written", ["938801364", "93880136", "9388013633", "abc", ""])
def test_a_wrong_number_is_refused(written):
    with pytest.raises(ValidationError, match="not an organisation number"):
        clean_organisation_number(written)


@given(st.text(alphabet="0123456789", min_size=8, max_size=8), st.sampled_from("0123456789"))
def test_a_number_passes_when_and_only_when_its_check_digit_is_right(eight, last):
    try:
        clean_organisation_number(eight + last)
    except ValidationError:
        passes = False
    else:
        passes = True

    assert passes is (last == check_digit(eight))


def test_a_swedish_number_has_ten_digits_and_another_check():
    assert clean_organisation_number("556016-0680", country="SE") == "5560160680"
    with pytest.raises(ValidationError):
        clean_organisation_number("556016-0681", country="SE")
