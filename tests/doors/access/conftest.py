"""The world is made once a file, and undone after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.doors.access.world import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from tests.doors.access.world import World


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,  # noqa: ARG001 - the database is there
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Two organisations, and someone of each role."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("access")) as made_once:
        yield made_once
