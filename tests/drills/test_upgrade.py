"""`samskap upgrade`: a backup, the migrations, a look at everything, and the way back."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest

from samskap.cli.installation import Installation
from samskap.runtime.postgres import PostgresSupervisor, choose_source
from tests.runtime.world import PROJECT, folders_at, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.drill
_OTHERS = ("DATABASE_", "SAMSKAP_", "DJANGO_")
# The newest migration that adds no table: it can be taken back and applied again.
SEEN = "SELECT count(*) FROM django_migrations"


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Give an installation of Østfold whose database runs."""
    with open_place() as place:
        made = Installation(folders_at(place / "data"))
        init = samskap(made, "init", "regions/ostfold")
        assert init.returncode == 0, init.stderr
        supervisor = PostgresSupervisor(made.folders, choose_source(made.folders, os.environ))
        supervisor.initialise()
        supervisor.start()
        yield made
        supervisor.stop()


def samskap(installation: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(_OTHERS)}
    return subprocess.run(
        [sys.executable, "-m", "samskap.cli", *arguments],
        cwd=PROJECT,
        env={**kept, "SAMSKAP_DATA": str(installation.folders.data)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_installation_of_this_version_is_backed_up_and_left_as_it_is(
    installation: Installation,
) -> None:
    told = samskap(installation, "upgrade")

    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 migrations were applied; all is well." in told.stdout
    assert len(list((installation.folders.data / "backups").glob("*.backup"))) == 1


def test_an_older_one_gets_what_it_lacks(installation: Installation) -> None:
    back = samskap(installation, "manage", "migrate", "trust", "0006", "--database", "owner")
    assert back.returncode == 0, back.stderr

    told = samskap(installation, "upgrade", "--without-backup")

    assert told.returncode == 0, told.stdout + told.stderr
    assert " migrations were applied; all is well." in told.stdout
    assert not told.stdout.startswith("0 ")


def test_a_migration_that_fails_is_told_and_changes_nothing(
    installation: Installation,
) -> None:
    back = samskap(installation, "manage", "migrate", "trust", "0006", "--database", "owner")
    assert back.returncode == 0, back.stderr
    with psycopg.connect(installation.embedded_addresses().owner, autocommit=True) as owner:
        # Something of the same name stands in the way of what is to be made.
        owner.execute("CREATE TABLE trust_auditseal (in_the_way int)")
        before = owner.execute(SEEN).fetchone()

        told = samskap(installation, "upgrade", "--without-backup")
        after = owner.execute(SEEN).fetchone()

    assert told.returncode == 1
    assert "The database could not be migrated" in told.stderr
    assert "run samskap upgrade again" in told.stderr
    assert "Traceback" not in told.stderr
    assert before is not None
    assert after is not None
    assert after[0] >= before[0]
