"""What a room says is tested as the code has it; the catalogues have tests of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_it_is_written() -> Iterator[None]:
    with translation.override(None):
        yield
