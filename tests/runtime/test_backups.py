"""A backup is whole, says what is in it, and is refused when it is not what it was."""

from __future__ import annotations

import json
import os
import shutil
import stat
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from samskap.runtime import backups
from samskap.runtime.backups import loading, schemas, staging, writing
from samskap.runtime.backups.shelf import Habit, Shelf, latest
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.runtime.backups import Manifest
    from samskap.runtime.postgres import PostgresSupervisor

NAME = "samskap-20261124T013000Z.backup"
# A value for everything that text could get wrong, a table that points to another, a rule that
# refuses change, and one that speaks when a row is written.
TABLES = """
CREATE TABLE django_migrations (id bigint PRIMARY KEY, app text, name text);
CREATE TABLE z_firm (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE);
CREATE TABLE a_offer (
  id bigint PRIMARY KEY, firm bigint NOT NULL REFERENCES z_firm, about jsonb, price numeric(12, 2),
  hash bytea, at timestamptz, said text, doubled numeric GENERATED ALWAYS AS (price * 2) STORED
);
CREATE TABLE django_session (session_key text PRIMARY KEY, session_data text);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER never BEFORE TRUNCATE ON a_offer FOR EACH STATEMENT EXECUTE FUNCTION refuse();
ALTER TABLE a_offer ENABLE ALWAYS TRIGGER never;
"""
ROWS = r"""
INSERT INTO django_migrations VALUES (2, 'trust', '0002'), (1, 'trust', '0001');
INSERT INTO z_firm (name) VALUES ('Ærlig Øl'), (E'a\tb\nc\\d'), ('\N');
INSERT INTO a_offer VALUES
  (7, 2, '{"a": [1, null, "å"]}', 1234.50, '\x00ff0a', '2026-03-29 02:30:00.123456+01', NULL),
  (3, 1, NULL, NULL, '', '0044-03-15 12:00:00 BC', '');
INSERT INTO django_session VALUES ('k', 'who is signed in');
COMMENT ON TABLE django_migrations IS 'prepared';
"""


PUT_IN_BY_A_MIGRATION = "INSERT INTO z_firm (name) VALUES ('put in by a migration')"


@pytest.fixture(scope="module")
def owner(running: PostgresSupervisor) -> Iterator[str]:
    """Give a database of its own on the running server, which no test changes."""
    with _made(running, "one", TABLES + ROWS) as url:
        yield url


@pytest.fixture(scope="module")
def kept(owner: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Manifest]:
    """Give one backup, made once, and what it says."""
    data = installation_in(tmp_path_factory.mktemp("kept"))
    manifest = backup(data / "backups" / NAME, data, owner)
    return (data / "backups" / NAME).read_bytes(), manifest


class _made:  # noqa: N801 - read as a word after "with"
    def __init__(self, running: PostgresSupervisor, name: str, statements: str) -> None:
        self._server, self._name = running.owner_url, f"backup_{name}"
        self._statements = statements

    def __enter__(self) -> str:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self._name}".encode())
        url = self._server.rpartition("/")[0] + f"/{self._name}"
        with psycopg.connect(url) as connection:
            connection.execute(self._statements.encode())
        return url

    def __exit__(self, *_: object) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {self._name} WITH (FORCE)".encode())


def installation_in(folder: Path) -> Path:
    data = folder / "data"
    for each in ("files/actors", "secrets", "backups", "logs"):
        (data / each).mkdir(parents=True)
    (data / "files/actors/4f1c.pdf").write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 5000)
    (data / "files/empty.pdf").write_bytes(b"")
    (data / "secrets/secret-key").write_text("only for tests")
    (data / "installation.json").write_text('{"demo": true}')
    (data / "logs/web.log").write_text("not kept")
    return data


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return installation_in(tmp_path)


@pytest.fixture
def target(data: Path) -> Path:
    """Say where a backup is to be made."""
    return data / "backups" / NAME


def backup(target: Path, data: Path, owner: str) -> Manifest:
    return backups.write_backup(target, data=data, owner_url=owner, version="0.1.0")


@pytest.fixture
def made(target: Path, kept: tuple[bytes, Manifest]) -> Manifest:
    """Lay the backup out, and give what it says."""
    target.write_bytes(kept[0])
    target.chmod(0o600)
    return kept[1]


def test_backup_says_what_is_in_it(made):
    assert [(table.name, table.rows) for table in made.tables] == [
        ("django_migrations", 2),
        ("z_firm", 3),
        ("a_offer", 2),
    ]
    assert made.migrations == ("trust.0001", "trust.0002")
    assert made.sequences == (("z_firm_id_seq", 3, True),)
    assert made.prepared_from == "prepared"
    assert [part.name for part in made.parts] == [
        "database/django_migrations.copy",
        "database/z_firm.copy",
        "database/a_offer.copy",
        "files/actors/4f1c.pdf",
        "files/empty.pdf",
        "installation.json",
        "secrets/secret-key",
    ]


def test_backup_is_its_owners_alone_and_leaves_nothing_beside_it(target, data, owner):
    backup(target, data, owner)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert sorted(path.name for path in data.iterdir()) == [
        *("backups", "files", "installation.json", "logs", "secrets")
    ]


@pytest.mark.usefixtures("made")
def test_sign_ins_are_not_kept(target):
    with zipfile.ZipFile(target) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert (b"who is signed in" in everything, b"\xc3\x86rlig" in everything) == (False, True)


def test_same_installation_gives_the_same_parts_again(made, data, owner):
    again = backup(data / "backups" / "again", data, owner)

    assert again.parts == made.parts


def test_loaded_rows_are_those_that_were_kept(made, target, running, data):
    with _made(running, "two", TABLES + PUT_IN_BY_A_MIGRATION) as other:
        with backups.open_archive(target) as archive:
            loading.load(archive, other)

        again = backup(data / "backups" / "again", data, other)
        with psycopg.connect(other) as connection:
            connection.execute(b"INSERT INTO z_firm (name) VALUES ('next')")
            row = connection.execute(
                b"SELECT (SELECT max(id) FROM z_firm), (SELECT doubled FROM a_offer WHERE id = 7),"
                b" (SELECT tgenabled::text FROM pg_trigger WHERE tgname = 'never')"
            ).fetchone()

    assert again.parts == made.parts
    assert again.sequences == made.sequences
    assert row is not None
    assert [str(value) for value in row] == ["4", "2469.00", "A"]


def test_rows_of_other_tables_are_refused_and_nothing_is_loaded(made, target, running):
    with _made(running, "two", TABLES.replace(" said text,", "")) as other:
        with backups.open_archive(target) as archive, pytest.raises(ProblemError) as refused:
            loading.load(archive, other)

        assert (
            refused.value.sentence == "The database's tables are not those of the backup: a_offer."
        )
        empty = dict.fromkeys(("django_migrations", "z_firm", "a_offer"), 0)
        assert loading.counts(other, made.tables) == empty


def test_migration_in_the_middle_does_not_change_what_is_read(running, target, data, monkeypatch):
    real = writing.dumping.Snapshot.rows_of

    def rows_of(snapshot, shape):
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(b"SET lock_timeout = '50ms'")
            other.execute(b"INSERT INTO z_firm (name) VALUES (gen_random_uuid()::text)")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute(b"ALTER TABLE z_firm ADD COLUMN more text")
        return real(snapshot, shape)

    monkeypatch.setattr(writing.dumping.Snapshot, "rows_of", rows_of)

    with _made(running, "three", TABLES + ROWS) as url:
        manifest = backup(target, data, url)

    assert {table.name: table.rows for table in manifest.tables}["z_firm"] == 3


def test_file_that_is_removed_meanwhile_is_in_the_backup(owner, target, data, monkeypatch):
    real = writing.dumping.held_still

    def held_still(url):
        (data / "files/actors/4f1c.pdf").unlink()
        return real(url)

    monkeypatch.setattr(writing.dumping, "held_still", held_still)

    manifest = backup(target, data, owner)

    assert "files/actors/4f1c.pdf" in [part.name for part in manifest.parts]


# What is not a backup -----------------------------------------------------------------------------

NOT_WHOLE = "The file is not a whole backup of Samskap."


def refusal(path: Path, **asked: str) -> str:
    with pytest.raises(ProblemError) as refused:
        backups.verify(path, **asked)
    return refused.value.sentence


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.usefixtures("made")
def test_truncated_backup_is_refused(target, share):
    data = target.read_bytes()
    target.write_bytes(data[: int(len(data) * share)])

    assert refusal(target) == NOT_WHOLE


@pytest.mark.usefixtures("made")
def test_every_changed_byte_of_a_part_is_found(target):
    data = target.read_bytes()
    name = b"database/z_firm.copy"
    # After the name stand twenty bytes of lengths, which the directory at the end repeats; the last
    # byte of the part only says that no letter follows.
    start = data.index(name) + len(name) + 20
    for offset in range(start, data.index(b"PK", start) - 1):
        changed = bytearray(data)
        changed[offset] ^= 0xFF
        target.write_bytes(changed)

        assert refusal(target) in {
            NOT_WHOLE,
            "The backup's part database/z_firm.copy is not what it was when the backup was made.",
        }, offset


def rewritten(target: Path, name: str, contents: bytes) -> None:
    """Write an archive anew, correct as an archive, with one part changed or added."""
    with zipfile.ZipFile(target) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(target, "w") as archive:
        for each, what in {**parts, name: contents}.items():
            archive.writestr(each, what)


@pytest.mark.usefixtures("made")
def test_part_that_was_put_in_anew_is_refused(target):
    rewritten(target, "database/z_firm.copy", b"1\tA\n2\tB\n3\tC\n")

    assert refusal(target) == (
        "The backup's part database/z_firm.copy is not what it was when the backup was made."
    )


@pytest.mark.parametrize(
    "name", ["files/more.pdf", "../outside", "/etc/passwd", "database/more.copy"]
)
@pytest.mark.usefixtures("made")
def test_part_that_nobody_promised_is_refused(target, name):
    rewritten(target, name, b"more")

    assert refusal(target) == NOT_WHOLE


@pytest.mark.parametrize("name", ["../x", "/x", "files/../../x", "files\\x", "logs/x", "files//x"])
def test_manifest_that_names_a_place_outside_is_refused(made, target, name):
    facts = json.loads(made.written())
    facts["parts"].append({"name": name, "length": 1, "sha256": "0" * 64})
    rewritten(target, name, b"x")
    rewritten(target, "manifest.json", json.dumps(facts).encode())

    assert refusal(target) == NOT_WHOLE


def test_manifest_that_was_changed_with_its_part_is_found_by_the_fingerprint(made, target):
    facts = json.loads(made.written())
    facts["samskap"] = "9.9"
    rewritten(target, "manifest.json", json.dumps(facts, indent=1, ensure_ascii=False).encode())

    assert backups.verify(target).samskap == "9.9"
    assert refusal(target, fingerprint=made.fingerprint) == (
        "The backup is not the one with that fingerprint."
    )


def test_backup_of_a_later_kind_is_refused_with_what_to_do(made, target):
    rewritten(
        target, "manifest.json", json.dumps({**json.loads(made.written()), "format": 2}).encode()
    )

    assert refusal(target) == "The backup is of kind 2, and this version reads 1."


@pytest.mark.parametrize("contents", [b"", b"hello", b"PK\x05\x06" + bytes(18)])
def test_other_file_is_refused(target, contents):
    target.write_bytes(contents)

    assert refusal(target) == NOT_WHOLE


# Room and rest ------------------------------------------------------------------------------------


def test_full_disk_leaves_no_half_file(owner, target, data, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28), str(target))

    monkeypatch.setattr(writing, "_write_part", full)

    with pytest.raises(ProblemError) as refused:
        backup(target, data, owner)

    assert refused.value.sentence.startswith(
        f"The disk that holds {target.parent} has no room for the backup ("
    )
    assert list(target.parent.iterdir()) == []
    assert not list(data.glob(".held*"))


def test_what_a_killed_attempt_left_goes_with_the_next(owner, target, data):
    (data / ".held-for-backup-x").mkdir()
    (target.parent / f"{writing.UNFINISHED}{writing.short_name(data)}-x").touch()
    (target.parent / f"{writing.UNFINISHED}another-x").touch()

    backup(target, data, owner)

    assert sorted(path.name for path in target.parent.iterdir()) == [
        f"{writing.UNFINISHED}another-x",
        target.name,
    ]
    assert not list(data.glob(".held*"))


@pytest.mark.usefixtures("made")
def test_backup_never_takes_the_place_of_another_file(target, data, owner):
    before = target.read_bytes()

    with pytest.raises(FileExistsError):
        backup(target, data, owner)

    assert target.read_bytes() == before


NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_backups_are_kept_so_many_days_and_the_newest_for_good(tmp_path):
    shelf = Shelf(tmp_path)
    for days in (10, 31, 30, 29):
        shelf.name_for(NOW - timedelta(days=days)).touch()
    (tmp_path / "samskap-notes.backup").touch()

    removed = shelf.remove_older(now=NOW, days=30)
    later = shelf.remove_older(now=NOW + timedelta(days=365), days=30)

    assert [path.name for path in removed] == ["samskap-20261024T120000Z.backup"]
    assert len(later) == 2
    assert [path.name for path in shelf.backups()] == ["samskap-20261114T120000Z.backup"]
    assert (tmp_path / "samskap-notes.backup").exists()


def test_two_backups_in_one_second_have_two_names(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.name_for(NOW).touch()

    assert shelf.name_for(NOW).name == "samskap-20261124T120000Z-2.backup"


@pytest.mark.parametrize(
    ("newest", "begun", "due"),
    [
        (None, timedelta(hours=1), False),
        (None, timedelta(days=2), True),
        (timedelta(hours=1), timedelta(days=90), False),
        (timedelta(days=1, hours=1), timedelta(days=90), True),
    ],
    ids=["new today", "never made", "made tonight", "machine was off"],
)
def test_backup_is_due_when_a_night_has_gone_by_without_one(tmp_path, newest, begun, due):
    now = datetime(2026, 11, 24, 12, 0).astimezone()
    habit = Habit.of(tmp_path, {"SAMSKAP_BACKUP_AT": "02:30"})
    habit.folder.mkdir()
    if newest is not None:
        habit.shelf.name_for(now - newest).touch()

    assert habit.is_due(now=now, since=now - begun) is due


def test_nobody_gets_a_backup_that_is_not_wanted(tmp_path):
    habit = Habit.of(tmp_path, {"SAMSKAP_BACKUP_AT": "never"})

    assert not habit.is_due(now=NOW, since=NOW - timedelta(days=9))


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("SAMSKAP_BACKUP_AT", "25:00"),
        ("SAMSKAP_BACKUP_AT", "2"),
        ("SAMSKAP_BACKUP_DAYS", "0"),
        ("SAMSKAP_BACKUP_DAYS", "a few"),
    ],
)
def test_setting_that_cannot_be_meant_is_told(tmp_path, setting, said):
    with pytest.raises(ProblemError) as refused:
        Habit.of(tmp_path, {setting: said})

    assert refused.value.sentence.startswith(f"{setting} is “{said}”")


def test_last_night_is_yesterdays_until_its_hour_has_come():
    before = datetime(2026, 11, 24, 2, 29).astimezone()

    assert latest(before, 150) == datetime(2026, 11, 23, 2, 30).astimezone()
    assert latest(before + timedelta(minutes=1), 150) == datetime(2026, 11, 24, 2, 30).astimezone()


# Changing places ----------------------------------------------------------------------------------


@pytest.fixture
def stage(made, target, data) -> Path:
    """Give a stage with everything in it, beside an installation that has gone on since."""
    (data / "database").mkdir()
    (data / "database" / "old").touch()
    (data / "files" / "since.pdf").touch()
    stage = staging.begin(data, made, with_database=True)
    (stage / "database").mkdir()
    (stage / "database" / "new").touch()
    with backups.open_archive(target) as archive:
        staging.unpack(archive, stage)
    return stage


def whats_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


NEW = [
    *("database/new", "files/actors/4f1c.pdf", "files/empty.pdf"),
    *("installation.json", "secrets/secret-key"),
]
OLD = [
    *("database/old", "files/actors/4f1c.pdf", "files/empty.pdf", "files/since.pdf"),
    *("installation.json", "secrets/secret-key"),
]


def test_what_was_there_is_kept_aside(stage, data):
    aside = staging.change_places(data, aside="replaced-now")

    assert whats_in(aside) == OLD
    assert [
        name
        for name in whats_in(data)
        if name.split("/")[0] in {"database", "files", "installation.json", "secrets"}
    ] == NEW
    assert not stage.exists()
    assert stat.S_IMODE((data / "secrets/secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("moves", range(8))
@pytest.mark.usefixtures("stage")
def test_change_cut_short_anywhere_is_finished_by_the_next(data, monkeypatch, moves):
    real, left = Path.rename, iter(range(moves))

    def rename(path, to):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(path, to)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        staging.change_places(data, aside="replaced-now")
    staging.give_up(data)
    monkeypatch.setattr(Path, "rename", real)

    assert staging.finish(data)
    assert whats_in(data / "replaced-now") == OLD
    assert [
        name
        for name in whats_in(data)
        if name.split("/")[0] in {"database", "files", "installation.json", "secrets"}
    ] == NEW
    assert not staging.finish(data)


def test_stage_that_never_was_ready_takes_nothing_from_what_is_there(stage, data):
    assert not staging.finish(data)
    assert (data / "database" / "old").exists()
    staging.give_up(data)
    assert not stage.exists()


def test_restore_that_would_fill_the_disk_is_refused_before_it_begins(made, data, monkeypatch):
    monkeypatch.setattr(staging, "free_bytes", lambda _: 100 * 1024 * 1024)

    with pytest.raises(ProblemError) as refused:
        staging.begin(data, made, with_database=True)

    assert refused.value.sentence == (
        f"The disk that holds {data} has 100 MB free, and the restore takes 129 MB."
    )


def test_unpacked_file_is_held_up_to_the_manifest(made, target, data, monkeypatch):
    stage = staging.begin(data, made, with_database=False)
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    with backups.open_archive(target) as archive:
        monkeypatch.setattr(type(archive), "blocks", lambda _self, _part: [b"something else"])
        with pytest.raises(ProblemError) as refused:
            staging.unpack(archive, stage)

    assert refused.value.sentence == (
        "files/actors/4f1c.pdf did not come onto the disk as it is in the backup."
    )


# Tables of a named database, put aside -----------------------------------------------------------

MORE = """
CREATE EXTENSION btree_gist;
CREATE TYPE mood AS ENUM ('fine');
CREATE TABLE held (id int, at daterange, m mood, EXCLUDE USING gist (id WITH =, at WITH &&));
CREATE VIEW seen AS SELECT id FROM held;
INSERT INTO held VALUES (1, '[2026-01-01,2026-02-01)', 'fine');
"""


def _tables(url: str) -> dict[str, list[str]]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            b"SELECT schemaname, array_agg(tablename::text ORDER BY tablename) FROM pg_tables"
            b" WHERE schemaname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1"
        )
        return dict(found.fetchall())


def test_tables_are_put_aside_and_new_ones_made_beside_them(running):
    with _made(running, "four", TABLES + ROWS + MORE) as url:
        with schemas.put_aside(url, "replaced_now"):
            with pytest.raises(ProblemError) as half:
                schemas.require_whole(url)
            with psycopg.connect(url) as connection:
                connection.execute((TABLES + MORE.partition("\n")[2].partition("\n")[2]).encode())
        schemas.require_whole(url)
        found = _tables(url)

    everything = ["a_offer", "django_migrations", "django_session", "held", "z_firm"]
    assert found == {"public": everything, "replaced_now": everything}
    assert "replaced_now" in half.value.sentence


def _half_done(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(b"CREATE TABLE half_done (n int)")
        connection.execute(b"INSERT INTO never_made VALUES (1)")


def test_tables_come_back_when_the_restore_fails(running):
    with _made(running, "five", TABLES + ROWS + MORE) as url:
        with pytest.raises(psycopg.errors.UndefinedTable), schemas.put_aside(url, "replaced_now"):
            _half_done(url)
        schemas.require_whole(url)
        found = _tables(url)
        with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.ExclusionViolation):
            connection.execute(b"INSERT INTO held SELECT * FROM held")

    assert list(found) == ["public"]
    assert "half_done" not in found["public"]


def test_somebody_who_is_just_hanging_up_is_waited_for(running):
    with _made(running, "seven", TABLES) as url:
        leaving = psycopg.connect(url)
        hang_up = threading.Timer(0.3, leaving.close)
        hang_up.start()

        with schemas.put_aside(url, "replaced_now"):
            inside = _tables(url)
        hang_up.join()

    assert "replaced_now" in inside


def test_database_that_somebody_uses_is_left_as_it_is(running):
    with _made(running, "six", TABLES) as url, psycopg.connect(url):
        with pytest.raises(ProblemError) as refused, schemas.put_aside(url, "replaced_now"):
            pass

        assert refused.value.sentence == "Somebody else is connected to the database."
        assert list(_tables(url)) == ["public"]
