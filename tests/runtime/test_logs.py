"""Logs are put aside by the day and by their length, and go before a month is over."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta

import pytest

from samskap.runtime.logs import KEPT_FOR, KEPT_OF_EACH, LONGEST, LogKeeper, keep, put_aside_if_long
from samskap.runtime.postgres.supervisor import _end_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    """A folder of logs that has been looked at once."""
    keep(tmp_path, now=NOON)
    return tmp_path


def asides(folder, name="web.log"):
    return sorted(folder.glob(f"{name}.*"))


def test_log_is_put_aside_once_a_day_and_goes_on_where_it_was_open(folder):
    with (folder / "web.log").open("ab", buffering=0) as writer:
        writer.write(b"one\n")
        keep(folder, now=NOON + DAY - timedelta(seconds=1))
        writer.write(b"two\n")
        keep(folder, now=NOON + DAY)
        writer.write(b"three\n")
        keep(folder, now=NOON + DAY + timedelta(hours=1))

    (aside,) = asides(folder)
    assert (aside.read_bytes(), (folder / "web.log").read_bytes()) == (b"one\ntwo\n", b"three\n")
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_empty_log_is_not_put_aside(folder):
    (folder / "jobs.log").touch()

    keep(folder, now=NOON + DAY)

    assert asides(folder, "jobs.log") == []


def test_long_log_is_put_aside_at_once(folder):
    (folder / "database.log").write_bytes(b"x" * (LONGEST + 1))

    keep(folder, now=NOON + timedelta(seconds=5))

    (aside,) = asides(folder, "database.log")
    assert (aside.stat().st_size, (folder / "database.log").stat().st_size) == (LONGEST, 0)


def test_no_line_is_older_than_thirty_days(folder):
    for days in range(1, 40):
        (folder / "web.log").write_text(f"day {days}\n")
        keep(folder, now=NOON + days * DAY)

    # Put aside on day 11 was what was written between day 10 and day 11: 29 days before day 40.
    kept = [aside.read_text() for aside in asides(folder)]
    assert kept == [f"day {days}\n" for days in range(11, 40)]
    assert timedelta(days=30) == KEPT_FOR + DAY


def test_logs_that_run_wild_take_no_more_room_than_is_said(folder):
    for number in range(12):
        (folder / "web.log").write_bytes(bytes([number]) * (LONGEST + 1))
        keep(folder, now=NOON + timedelta(seconds=number + 1))

    kept = asides(folder)
    assert sum(each.stat().st_size for each in kept) == KEPT_OF_EACH == 128 * 1024 * 1024
    assert kept[-1].read_bytes()[:1] == b"\x0b"


def test_what_an_earlier_version_put_aside_goes_too(folder):
    old = folder / "web.log.1"
    old.write_text("before\n")
    (folder / "web.log").touch()

    keep(folder, now=datetime.now(UTC) + KEPT_FOR + timedelta(minutes=1))

    assert not old.exists()


def test_log_is_emptied_when_there_is_no_room_to_keep_it(folder, monkeypatch, caplog):
    (folder / "web.log").write_bytes(b"x" * (LONGEST + 1))

    def no_room(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("samskap.runtime.logs.shutil.copyfileobj", no_room)
    keep(folder, now=NOON + timedelta(seconds=5))

    assert (asides(folder), (folder / "web.log").stat().st_size) == ([], 0)
    assert caplog.messages == [f"There is no room to keep what {folder / 'web.log'} said."]


def test_keeper_goes_on_when_the_folder_is_not_to_be_written(tmp_path, caplog):
    LogKeeper(tmp_path / "gone").tend()

    assert caplog.messages == ["The logs could not be put aside: No such file or directory."]


def test_log_that_is_long_when_a_service_starts_begins_anew(tmp_path):
    log = tmp_path / "jobs.log"
    assert put_aside_if_long(log) == 0
    log.write_bytes(b"short")
    assert put_aside_if_long(log) == 5
    log.write_bytes(b"x" * (LONGEST + 1))

    assert (put_aside_if_long(log), log.stat().st_size, len(asides(tmp_path, "jobs.log"))) == (
        0,
        0,
        1,
    )


def test_last_words_of_the_database_are_found_after_its_log_was_put_aside(tmp_path):
    log = tmp_path / "database.log"
    log.write_text("FATAL: no room\n")

    assert _end_of(log, start=5_000) == "FATAL: no room\n"
    assert _end_of(log, start=7) == "no room\n"
