"""The portal as a reader meets it, with the region of the tests' world behind it."""

from __future__ import annotations

import pytest
from django.test import Client

from samskap.actors.actions import load_actors
from samskap.actors.reading import read_actors
from samskap.strategy.actions import load_strategy, publish_strategy
from samskap.strategy.models import StrategyVersion
from samskap.strategy.reading import read_strategy
from samskap.trust.doers import OPERATOR
from tests.doors.portal.pages import every_address
from tests.world.region import FOLDER, NOON, ostfold
from tests.world.remembering import remembered


@pytest.fixture
def reader() -> Client:
    """Someone with a browser and no account; a fault of ours comes to them as a page."""
    return Client(raise_request_exception=False)


@pytest.fixture
def places(request: pytest.FixtureRequest) -> None:
    """Østfold's places and the partnership, and nothing else yet."""
    request.getfixturevalue("db")
    ostfold()


@pytest.fixture
def strategy(request: pytest.FixtureRequest) -> StrategyVersion:
    """The region's strategy, published."""
    request.getfixturevalue("places")
    remembered(_publish)
    return StrategyVersion.objects.get()


def _publish() -> None:
    facts = read_strategy(FOLDER / "strategy.yaml")
    version = load_strategy(facts=facts, by=OPERATOR, at=NOON)
    publish_strategy(version=version, by=OPERATOR, at=NOON)


@pytest.fixture
def known(request: pytest.FixtureRequest) -> None:
    """The 26 actors of the region folder, in their places; no strategy."""
    request.getfixturevalue("places")
    remembered(_register)


def _register() -> None:
    load_actors(roster=read_actors(FOLDER / "actors.yaml"), by=OPERATOR, at=NOON)


@pytest.fixture
def region(request: pytest.FixtureRequest) -> None:
    """All that is published: the strategy, and the actors."""
    request.getfixturevalue("strategy")
    request.getfixturevalue("known")


_READ: dict[str, str] = {}


@pytest.fixture
def bodies(request: pytest.FixtureRequest, reader: Client) -> dict[str, str]:
    """Every page of the loaded region in every language, by address, read once for all tests."""
    if not _READ:
        request.getfixturevalue("region")
        for where in every_address():
            answer = reader.get(where)
            assert (where, answer.status_code) == (where, 200)
            _READ[where] = answer.content.decode()
    return _READ
