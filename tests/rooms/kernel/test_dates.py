"""Days as people write them."""

from datetime import date

import pytest
from django.utils import translation

from samskap.kernel.dates import day_in_words


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "24. november 2026"), ("sv", "24 november 2026"), ("en", "24 November 2026")],
)
def test_a_day_is_written_as_its_reader_writes_it(language, written):
    with translation.override(language):
        assert day_in_words(date(2026, 11, 24)) == written
