"""Text in the languages of its readers."""

import pytest
from django.utils import translation

from samskap.kernel.text import quoted


@pytest.mark.parametrize(
    ("language", "shown"),
    [("nb", "«kapital»"), ("sv", "”kapital”"), ("en", "“kapital”")],
)
def test_words_are_quoted_as_the_reader_quotes_them(language, shown):
    with translation.override(language):
        assert quoted("kapital") == shown
