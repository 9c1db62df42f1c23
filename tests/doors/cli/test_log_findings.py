"""`samskap doctor` tells a log that nobody seals from one that waits for Samskap to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from samskap.cli import log_findings
from samskap.cli.log_findings import sealing
from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import Party
from tests.runtime.world import folders_at
from tests.world.people import NOON
from tests.world.tampering import as_the_owner, sql

if TYPE_CHECKING:
    from samskap.runtime.folders import DataFolders

pytestmark = pytest.mark.django_db


@dataclass
class Somewhere:
    """An installation as far as the finding asks."""

    folders: DataFolders
    has_own_server: bool = field(default=False)


@pytest.fixture(autouse=True)
def _no_second_look(monkeypatch):
    monkeypatch.setattr(log_findings, "_SECOND_LOOK_S", 0.0)


@pytest.fixture
def somewhere(tmp_path):
    return Somewhere(folders_at(tmp_path))


def written(ago):
    entry = audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)
    with as_the_owner():
        sql(
            "UPDATE trust_auditentry SET recorded_at = now() - %s WHERE id = %s",
            dt.timedelta(minutes=ago),
            entry.pk,
        )


def test_what_was_written_a_moment_ago_may_wait(somewhere):
    written(ago=0)
    Sealer().seal()
    written(ago=0)

    found = sealing(somewhere)

    assert (found.state, found.sentence) == ("ok", "The log is sealed up to 1; 1 entries wait.")


def test_what_has_waited_for_minutes_means_that_nobody_seals(somewhere):
    written(ago=5)

    found = sealing(somewhere)

    assert found.state == "failed"
    assert found.sentence == (
        "The log is not sealed yet; 1 entries wait, the oldest for 5 minutes."
    )
    assert "See that a worker runs" in found.remedy


def test_while_samskap_does_not_run_nothing_is_sealed_and_nothing_is_wrong(somewhere):
    somewhere.has_own_server = True
    written(ago=5)

    found = sealing(somewhere)

    assert found.state == "ok"
    assert found.sentence.endswith("They are sealed when Samskap runs.")
