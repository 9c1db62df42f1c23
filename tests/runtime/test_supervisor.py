import os
import signal
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samskap.runtime.binaries import EmbeddedWheel, SystemPostgres
from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres import PostgresSupervisor, Status, choose_source
from samskap.runtime.postgres.processes import is_alive, server_processes
from samskap.runtime.postgres.settings import server_command
from samskap.runtime.problem import ProblemError
from tests.runtime.world import (
    Keeper,
    as_root_only,
    ask,
    eventually,
    folders_at,
    keeper,
    nothing_runs_in,
    python_for_anyone,
    tend_until_ready,
)

# Real servers, started and killed: too slow for the daily gate.
pytestmark = [pytest.mark.database, pytest.mark.drill]


def _sources() -> list[object]:
    found: list[object] = [EmbeddedWheel.find()]
    for version in (15, 16, 17):
        try:
            found.append(SystemPostgres.find(version))
        except ProblemError:
            continue
    return [source for source in found if source is not None]


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    """An innocent process that has nothing to do with us."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("source", _sources(), ids=lambda source: f"postgresql-{source.version}")
def test_norwegian_letters_are_letters_and_the_settings_are_the_promised_ones(
    folders: DataFolders, source: EmbeddedWheel
) -> None:
    supervisor = PostgresSupervisor(folders, source)
    supervisor.initialise()
    supervisor.start()
    try:
        with psycopg.connect(supervisor.owner_url) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            connection.execute("CREATE EXTENSION ltree")
            query = """
                SELECT cardinality(show_trgm('ø')), text2ltree('Østfold.Råde')::text, upper('æøå'),
                       current_setting('data_checksums'), current_setting('fsync'),
                       current_setting('timezone'), current_setting('listen_addresses'),
                       current_setting('server_encoding')
            """
            row = connection.execute(query).fetchone()
        assert row == (2, "Østfold.Råde", "ÆØÅ", "on", "on", "UTC", "", "UTF8")
    finally:
        supervisor.stop()


def test_owner_owns_and_app_owns_nothing(running: PostgresSupervisor) -> None:
    with psycopg.connect(running.owner_url) as connection:
        connection.execute("CREATE TABLE matter (id int)")
        connection.execute("SET ROLE samskap_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM matter")
    with (
        psycopg.connect(running.app_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (id int)")
    roles = ask(
        running.owner_url,
        "SELECT array_agg((rolname, rolcreatedb, rolsuper)::text ORDER BY rolname)"
        " FROM pg_roles WHERE rolname LIKE 'samskap%'",
    )
    assert roles == ["(samskap_app,f,f)", "(samskap_owner,t,f)"]


def test_nobody_comes_in_as_the_superuser(running: PostgresSupervisor) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"[Pp]eer authentication failed"):
        psycopg.connect(running.owner_url.replace("samskap_owner", "postgres"))


def test_socket_and_cluster_are_private(running: PostgresSupervisor) -> None:
    folders = running.folders
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folders.socket, folders.database)]

    assert modes == [0o700, 0o700]


def test_rows_survive_a_stop_and_a_start(supervisor: PostgresSupervisor) -> None:
    supervisor.start()
    with psycopg.connect(supervisor.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 41 + 1 AS answer")
    supervisor.stop()
    assert (supervisor.status, supervisor.pid) == (Status.STOPPED, None)
    assert not supervisor.folders.socket.exists()

    supervisor.start()

    assert ask(supervisor.owner_url, "SELECT answer FROM kept") == 42


def test_killed_server_is_started_again_with_everything_acknowledged(
    supervisor: PostgresSupervisor,
) -> None:
    supervisor.start()
    with psycopg.connect(supervisor.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS answer")
    killed = supervisor.pid
    assert killed is not None

    os.kill(killed, signal.SIGKILL)
    eventually(lambda: supervisor.tend() is not Status.READY, "the death is noticed")
    tend_until_ready(supervisor)

    assert supervisor.pid != killed
    assert ask(supervisor.owner_url, "SELECT answer FROM kept") == 1


def test_backend_busy_when_its_server_was_killed_does_not_keep_the_next_one_out(
    supervisor: PostgresSupervisor,
) -> None:
    supervisor.start()
    assert supervisor.pid is not None
    busy = psycopg.pq.PGconn.connect(supervisor.owner_url.encode())
    backend = busy.backend_pid
    busy.send_query(b"SELECT count(*) FROM generate_series(1, 2000000000)")

    os.kill(supervisor.pid, signal.SIGKILL)
    eventually(lambda: supervisor.tend() is not Status.READY, "the death is noticed")
    tend_until_ready(supervisor)

    assert not is_alive(backend)
    busy.finish()


def test_server_that_cannot_come_back_is_tried_again_and_told_of_once(
    supervisor: PostgresSupervisor, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor.start()
    configuration = supervisor.folders.database / "postgresql.conf"
    good = configuration.read_text()
    configuration.write_text(good + "shared_buffers = 'plenty'\n")
    os.kill(supervisor.pid or 0, signal.SIGKILL)

    def has_failed_again() -> bool:
        supervisor.tend()
        return supervisor.log.read_text().count("contains errors") > 2

    eventually(has_failed_again, "the server is tried again and again")
    told = [record.getMessage() for record in caplog.records if "contains errors" in record.message]
    configuration.write_text(good)
    tend_until_ready(supervisor)

    assert len(told) == 1
    assert ask(supervisor.app_url, "SELECT 1") == 1


@pytest.mark.parametrize("victim", ["ourselves", "sleeper", "init", "nonsense"])
def test_forged_pid_file_neither_stops_us_nor_hurts_the_process_it_names(
    victim: str,
    supervisor: PostgresSupervisor,
    folders: DataFolders,
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    named = {"ourselves": os.getpid(), "sleeper": sleeper.pid, "init": 1, "nonsense": "ost"}
    lines = [named[victim], folders.database, 1700000000, 5432, folders.socket, "", "1 2", "ready"]
    forged = folders.database / "postmaster.pid"
    forged.write_text("".join(f"{line}\n" for line in lines))
    (folders.socket / ".s.PGSQL.5432.lock").write_text(f"{named[victim]}\n")

    supervisor.start()

    assert ask(supervisor.app_url, "SELECT 1") == 1
    assert sleeper.poll() is None


def test_stale_pid_file_of_a_dead_server_is_no_hindrance(
    supervisor: PostgresSupervisor, folders: DataFolders
) -> None:
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    (folders.database / "postmaster.pid").write_text(f"{gone.pid}\n{folders.database}\n")

    supervisor.start()

    assert ask(supervisor.app_url, "SELECT 1") == 1


def test_second_supervisor_is_refused_and_told_who_is_first(
    supervisor: PostgresSupervisor, folders: DataFolders
) -> None:
    supervisor.start()

    second = Keeper(folders.data)
    said = second.end()

    expected = f"The database in {folders.data} is already run by process {os.getpid()}."
    assert said.startswith(expected)
    assert ask(supervisor.app_url, "SELECT 1") == 1


def test_server_goes_when_its_keeper_is_killed_and_the_next_start_has_every_row(
    folders: DataFolders,
) -> None:
    with keeper(folders.data) as first:
        url = first.line()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (id int)")
            for number in range(100):
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
            first.kill()
            eventually(lambda: nothing_runs_in(folders.data), "the server is gone", seconds=10)

    with keeper(folders.data) as second:
        assert ask(second.line(), "SELECT count(*) FROM kept") == 100


def test_server_left_behind_by_a_killed_run_is_shut_down_and_replaced(
    supervisor: PostgresSupervisor, folders: DataFolders
) -> None:
    source = choose_source(folders, os.environ)
    left = subprocess.Popen(
        server_command(source, folders),
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=folders.account.uid,
        group=folders.account.gid,
    )
    eventually(lambda: len(server_processes(folders.database)) > 1, "the other server runs")

    supervisor.start()

    assert left.wait(10) == 0
    assert ask(supervisor.app_url, "SELECT 1") == 1


def test_deep_folder_is_no_hindrance(place: Path) -> None:
    folders = folders_at(place / ("dyp" * 25) / ("ned" * 25))
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.initialise()
    supervisor.start()
    try:
        assert ask(supervisor.app_url, "SELECT 1") == 1
    finally:
        supervisor.stop()


def test_half_made_cluster_is_made_again(folders: DataFolders) -> None:
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    half = folders.data / "database.making"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    supervisor.initialise()
    supervisor.start()
    supervisor.stop()

    assert not half.exists()


def test_cluster_of_another_version_is_refused_in_a_sentence(
    supervisor: PostgresSupervisor, folders: DataFolders
) -> None:
    (folders.database / "PG_VERSION").write_text("14\n")

    with pytest.raises(ProblemError, match="was made by PostgreSQL 14") as caught:
        supervisor.start()

    assert "SAMSKAP_POSTGRES_BIN" in caught.value.remedy


def test_folder_that_is_no_cluster_is_refused_and_left_alone(folders: DataFolders) -> None:
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    folders.database.mkdir(parents=True)
    os.chown(folders.database, folders.account.uid, folders.account.gid)
    (folders.database / "letters.txt").write_text("not ours")

    with pytest.raises(ProblemError, match="is not a PostgreSQL data folder"):
        supervisor.initialise()

    assert [path.name for path in folders.database.iterdir()] == ["letters.txt"]


def test_setting_the_server_refuses_is_named_in_the_sentence(
    supervisor: PostgresSupervisor, folders: DataFolders
) -> None:
    with (folders.database / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = 'plenty'\n")

    with pytest.raises(ProblemError) as caught:
        supervisor.start()

    expected = "The database server stopped: configuration file"
    assert caught.value.sentence.startswith(expected)
    assert str(supervisor.log) in caught.value.remedy


def test_server_is_started_from_the_main_thread_or_not_at_all(
    supervisor: PostgresSupervisor,
) -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            supervisor.start()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()

    assert [str(error) for error in caught] == [
        "the database server must be started from the main thread"
    ]


def test_statements_and_values_stay_out_of_the_log(running: PostgresSupervisor) -> None:
    with psycopg.connect(running.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (email text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('kari@example.org')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('kari@example.org')")

    log = running.log.read_text()

    assert "duplicate key value" in log
    assert "kari@example.org" not in log


@as_root_only
def test_ordinary_user_runs_the_database_as_herself(place: Path) -> None:
    herself = folders_at(place / "data").account
    os.chown(place, herself.uid, herself.gid)

    with keeper(
        place / "data", python_for_anyone(), user=herself.uid, group=herself.gid, umask=0o077
    ) as ordinary:
        url = ordinary.line()
        owner = (place / "data" / "database").stat().st_uid
        said = ordinary.end()

    assert (owner, said) == (herself.uid, "")
    assert url.startswith("postgresql://samskap_owner@")


@as_root_only
def test_programs_under_a_closed_home_are_copied_to_where_the_account_reaches_them(
    folders: DataFolders, place: Path
) -> None:
    wheel = EmbeddedWheel.find()
    assert wheel is not None
    home = place / "home"
    home.mkdir(mode=0o700)
    wheel._copy_to(home / "project" / "venv")

    supervisor = PostgresSupervisor(folders, EmbeddedWheel(home / "project" / "venv"))
    supervisor.initialise()
    supervisor.start()
    assert supervisor.pid is not None
    program = Path(f"/proc/{supervisor.pid}/exe").readlink()
    supervisor.stop()

    assert program.is_relative_to(folders.binaries)
    assert [path.name for path in folders.binaries.iterdir() if path.name.startswith(".")] == []
