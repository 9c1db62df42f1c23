"""The API as a caller meets it, with a small world behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.doors.api import world
from tests.world.remembering import remembered

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


@pytest.fixture
def caller() -> Client:
    """A program without a session; a fault of ours comes to it as an answer."""
    return Client(raise_request_exception=False)


@pytest.fixture
def ostfold(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("db")
    remembered(world.ostfold)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Let the calendar say another day."""

    def turn_to(day: dt.date) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: day)

    return turn_to
