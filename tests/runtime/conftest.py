import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres import PostgresSupervisor, choose_source
from tests.runtime.world import folders_at, open_place


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as folder:
        yield folder


@pytest.fixture
def folders(place: Path) -> DataFolders:
    return folders_at(place / "data")


@pytest.fixture
def supervisor(folders: DataFolders) -> Iterator[PostgresSupervisor]:
    """A supervisor whose cluster is made and whose server is not started."""
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.initialise()
    yield supervisor
    supervisor.stop()


@pytest.fixture(scope="session")
def running() -> Iterator[PostgresSupervisor]:
    """One running server for the tests that only ask it something."""
    with open_place() as place:
        folders = folders_at(place / "data")
        supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
        supervisor.initialise()
        supervisor.start()
        yield supervisor
        supervisor.stop()
