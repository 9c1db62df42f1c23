"""A backup of the demonstration, brought back on another machine: all of it, or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from samskap.cli.installation import Installation
from samskap.runtime import backups
from samskap.runtime.backups import loading
from samskap.runtime.postgres import PostgresSupervisor, choose_source
from tests.drills.installation import Up, free_port, samskap, status_of
from tests.runtime.world import PATIENCE, PROJECT, folders_at, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from samskap.runtime.backups import Manifest

pytestmark = pytest.mark.drill

# What goes on by itself while nothing is asked of an installation.
ALIVE = {"procrastinate_workers", "procrastinate_jobs", "procrastinate_events", "trust_auditseal"}
SOMEBODY = "partner@demo.example"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with open_place() as folder:
        yield folder


@pytest.fixture(scope="module")
def data(place: Path) -> Path:
    """Give the data folder of a demonstration with a file in it, started once and stopped."""
    data = place / "data"
    up = Up(data, free_port())
    try:
        up.wait_until_serving(5 * PATIENCE)
    finally:
        assert up.interrupt() == 0
    folder = data / "files" / "actors" / "agreements"
    folder.mkdir(parents=True)
    (folder / "0b5e.pdf").write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 4000)
    return data


@pytest.fixture(scope="module")
def kept(data: Path) -> tuple[Path, Manifest]:
    done = samskap(data, "backup", "--json")
    assert done.returncode == 0, done.stderr
    file = data / "backups" / json.loads(done.stdout)["file"]
    return file, backups.verify(file)


@pytest.fixture(scope="module")
def restored(place: Path, kept: tuple[Path, Manifest]) -> Path:
    fresh = place / "fresh"
    done = samskap(fresh, "restore", str(kept[0]), "--yes")
    assert done.returncode == 0, done.stderr
    assert "sealed entries hold" in done.stderr
    return fresh


def test_restored_installation_holds_every_row_and_every_file(restored, kept):
    _file, manifest = kept
    folders = folders_at(restored)
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.start()
    try:
        counts = loading.counts(supervisor.owner_url, manifest.tables)
    finally:
        supervisor.stop()
    again = json.loads(samskap(restored, "backup", "--json").stdout)
    second = backups.verify(restored / "backups" / again["file"])

    assert len(manifest.tables) > 50
    assert sum(table.rows for table in manifest.tables) > 5_000
    assert counts == {table.name: table.rows for table in manifest.tables}
    living = {f"database/{name}.copy" for name in ALIVE}
    assert _parts(second) - living == _parts(manifest) - living
    assert _same(second, manifest, living)
    assert second.log["last"] == manifest.log["last"]
    assert (second.log["sealed"], second.log["head"]) == (
        manifest.log["sealed"],
        manifest.log["head"],
    )


def _parts(manifest: Manifest) -> set[str]:
    return {part.name for part in manifest.parts}


def _same(one: Manifest, other: Manifest, living: set[str]) -> bool:
    """Whether two backups agree byte for byte, but for what lives on by itself."""
    facts: list[dict[str, Any]] = [
        {part.name: part.sha256 for part in each.parts if part.name not in living}
        for each in (one, other)
    ]
    assert facts[0] == facts[1]
    return True


def test_restored_installation_serves(restored):
    up = Up(restored, free_port())
    try:
        up.wait_until_serving()
        assert "Loading the region" not in up.words
        assert status_of(up.port) == 200
    finally:
        assert up.interrupt() == 0


def test_occupied_folder_is_refused_and_left_as_it_is(restored, kept):
    before = sorted(path.name for path in restored.iterdir())

    done = samskap(restored, "restore", str(kept[0]), "--yes")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        f"There is an installation in {restored} already.",
        "Say --replace to put it aside, or choose another SAMSKAP_DATA.",
    ]
    assert sorted(path.name for path in restored.iterdir()) == before


def test_nothing_happens_before_somebody_says_yes(data, kept):
    done = samskap(data, "restore", str(kept[0]), "--replace")

    assert done.returncode == 1
    assert "kept aside, as replaced-" in done.stderr
    assert not list(data.glob("replaced-*"))


@pytest.mark.parametrize("damage", ["cut off", "changed"])
def test_damaged_backup_is_refused_with_a_sentence(place, kept, damage):
    damaged = place / "damaged.backup"
    contents = bytearray(kept[0].read_bytes())
    if damage == "changed":
        contents[len(contents) // 2] ^= 0xFF
    else:
        del contents[len(contents) // 2 :]
    damaged.write_bytes(contents)

    done = samskap(place / "never", "restore", str(damaged), "--yes")

    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert len(said) == 2
    assert said[0].startswith(("The file is not a whole backup", "The backup's part "))
    assert not (place / "never").exists()


def test_whoever_was_erased_since_the_backup_is_not_brought_back(restored, kept):
    erased = samskap(restored, "erase", SOMEBODY, "--for-good")
    assert erased.returncode == 0, erased.stderr

    done = samskap(restored, "restore", str(kept[0]), "--yes", "--replace")

    assert done.returncode == 0, done.stderr
    assert "Erased again who had been erased since the backup" in done.stderr
    gone = samskap(restored, "erase", SOMEBODY)
    assert gone.stderr.splitlines()[0] == f"Nothing is held about {SOMEBODY}."
    assert len(list(restored.glob("replaced-*"))) == 1


def test_full_disk_leaves_no_half_file_and_the_backups_there_were(place, kept):
    """Run where the folder of backups is a disk of 64 kB with one backup on it."""
    small = place / "small"
    small.mkdir()
    mount = f"mount -t tmpfs -o size=64k drill {small} && "
    command = f"{sys.executable} -m samskap.cli backup --to {small}; echo $?; ls -A {small} | wc -l"
    probe = ["unshare", "-m", "sh", "-c", mount + "true"]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("no mount namespace on this machine: the full-disk drill was not run")

    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount + command],
        cwd=PROJECT,
        env={**os.environ, "SAMSKAP_DATA": str(kept[0].parents[1]), "DATABASE_URL": ""},
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.stderr.splitlines()[0].startswith(
        f"The disk that holds {small} has no room for the backup ("
    )
    assert done.stdout.split() == ["1", "0"]


def test_named_database_is_restored_in_place_with_what_was_there_aside(place, kept):
    """An own server: the tables that were there are kept as a schema, in the same database."""
    folders = folders_at(place / "server")
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.initialise()
    supervisor.start()
    named = {"DATABASE_URL": supervisor.app_url, "DATABASE_OWNER_URL": supervisor.owner_url}
    try:
        first = samskap(place / "web", "restore", str(kept[0]), "--yes", **named)
        assert first.returncode == 0, first.stderr
        refused = samskap(place / "web", "restore", str(kept[0]), "--yes", **named)
        with psycopg.connect(supervisor.owner_url) as connection:
            connection.execute("CREATE TABLE since (n int)")
        second = samskap(place / "web", "restore", str(kept[0]), "--yes", "--replace", **named)
        assert second.returncode == 0, second.stderr
        well = json.loads(samskap(place / "web", "doctor", "--json", **named).stdout)
        with psycopg.connect(supervisor.owner_url) as connection:
            schemas = connection.execute(
                "SELECT nspname, to_regclass(nspname || '.since') IS NOT NULL FROM pg_namespace"
                " WHERE nspname = 'public' OR nspname LIKE 'replaced%' ORDER BY nspname"
            ).fetchall()
    finally:
        supervisor.stop()

    assert refused.stderr.splitlines()[-2].startswith("There are tables in the database")
    states = {each["name"]: each["state"] for each in well["findings"]}
    assert (states["database"], states["roles"], states["migrations"]) == ("ok", "ok", "ok")
    assert [(name[:8], had) for name, had in schemas] == [("public", False), ("replaced", True)]


def test_what_is_restored_is_looked_after_by_its_own_installation(restored):
    assert Installation(folders_at(restored)).memory.demo is True
