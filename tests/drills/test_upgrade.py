"""`samskap upgrade`: a backup, the migrations, a look at everything, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.drills.installation import begun_installation, samskap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.cli.installation import Installation

pytestmark = pytest.mark.drill
SEEN = "SELECT count(*) FROM django_migrations"


@pytest.fixture
def installation() -> Iterator[Installation]:
    with begun_installation() as made:
        yield made


def test_an_installation_of_this_version_is_backed_up_and_left_as_it_is(
    installation: Installation,
) -> None:
    told = samskap(installation.folders.data, "upgrade")

    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 migrations were applied; all is well." in told.stdout
    assert len(list((installation.folders.data / "backups").glob("*.backup"))) == 1


def test_an_older_one_gets_what_it_lacks(installation: Installation) -> None:
    back = samskap(
        installation.folders.data, "manage", "migrate", "trust", "0006", "--database", "owner"
    )
    assert back.returncode == 0, back.stderr

    told = samskap(installation.folders.data, "upgrade", "--without-backup")

    assert told.returncode == 0, told.stdout + told.stderr
    assert " migrations were applied; all is well." in told.stdout
    assert not told.stdout.startswith("0 ")


def test_a_migration_that_fails_is_told_and_changes_nothing(
    installation: Installation,
) -> None:
    back = samskap(
        installation.folders.data, "manage", "migrate", "trust", "0006", "--database", "owner"
    )
    assert back.returncode == 0, back.stderr
    with psycopg.connect(installation.embedded_addresses().owner, autocommit=True) as owner:
        # Something of the same name stands in the way of what is to be made.
        owner.execute("CREATE TABLE trust_auditseal (in_the_way int)")
        before = owner.execute(SEEN).fetchone()

        told = samskap(installation.folders.data, "upgrade", "--without-backup")
        after = owner.execute(SEEN).fetchone()

    assert told.returncode == 1
    assert "The database could not be migrated" in told.stderr
    assert "run samskap upgrade again" in told.stderr
    assert "Traceback" not in told.stderr
    assert before is not None
    assert after is not None
    assert after[0] >= before[0]
