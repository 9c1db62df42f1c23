import os
import stat
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskap.runtime.account import Account
from samskap.runtime.folders import LONGEST_SOCKET_PATH, SOCKET_NAME, DataFolders, short_name
from samskap.runtime.problem import ProblemError
from tests.runtime.world import as_root_only, folders_at

FOLDER_NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60
).filter(lambda name: name not in {".", ".."})


def test_data_live_in_the_project_unless_told_otherwise(place: Path) -> None:
    folders = DataFolders.locate(place, {})

    assert (folders.data, folders.database, folders.logs, folders.secrets) == (
        place / "var",
        place / "var" / "database",
        place / "var" / "logs",
        place / "var" / "secrets",
    )


@pytest.mark.parametrize("data", ["elsewhere", "/srv/samskap"])
def test_setting_decides_and_a_relative_one_starts_in_the_project(place: Path, data: str) -> None:
    assert DataFolders.locate(place, {"SAMSKAP_DATA": data}).data == place / data


def test_looking_makes_nothing(place: Path) -> None:
    DataFolders.locate(place, {})

    assert list(place.iterdir()) == []


@pytest.fixture
def machine_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question to the machine starts a process, and the same one has the same answer."""
    ask = Account.may_run

    @cache
    def asked(account: Account, command: tuple[str, ...]) -> bool:
        return ask(account, command)

    monkeypatch.setattr(Account, "may_run", lambda account, command: asked(account, tuple(command)))


@pytest.mark.usefixtures("machine_is_asked_once")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(FOLDER_NAMES, min_size=1, max_size=6))
def test_socket_path_is_short_enough_for_any_project(names: list[str]) -> None:
    folders = folders_at(Path("/", *names), TMPDIR="/tmp")  # noqa: S108 - nothing is written

    assert len(os.fsencode(folders.socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def test_long_runtime_folder_is_passed_over(place: Path) -> None:
    deep = place / ("fjord" * 20)
    deep.mkdir()

    folders = folders_at(place / "data", XDG_RUNTIME_DIR=str(deep), TMPDIR=str(place))

    assert folders.socket.parent == place


def test_two_installations_never_share_a_socket(place: Path) -> None:
    assert folders_at(place / "one").socket != folders_at(place / "two").socket


def test_folders_are_private_whatever_the_umask(folders: DataFolders) -> None:
    before = os.umask(0)
    try:
        for _ in range(2):
            folders.create()
            folders.create_socket()
    finally:
        os.umask(before)

    made = [folders.data, folders.logs, folders.secrets, folders.socket]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o755, 0o700, 0o700, 0o700]


def test_socket_folder_laid_out_by_someone_else_is_refused(
    folders: DataFolders, place: Path
) -> None:
    trap = place / "trap"
    trap.mkdir(mode=0o700)
    folders.socket.symlink_to(trap)

    with pytest.raises(ProblemError, match="is not a private folder of the account"):
        folders.create_socket()

    folders.socket.unlink()


@as_root_only
def test_root_in_a_closed_home_keeps_data_where_the_account_reaches_them(place: Path) -> None:
    home = place / "home"
    home.mkdir(mode=0o700)
    project = home / ("samskap" * 20)
    project.mkdir()

    folders = DataFolders.locate(project, {})

    assert folders.data == Path("/var/lib/samskap") / short_name(project)


@as_root_only
def test_folder_chosen_by_hand_is_used_or_refused_but_never_replaced(place: Path) -> None:
    home = place / "home"
    home.mkdir(mode=0o700)

    folders = folders_at(home / "data")

    assert folders.data == home / "data"
    with pytest.raises(ProblemError, match=f"cannot reach {home}/data") as caught:
        folders.create_socket()

    assert "SAMSKAP_DATA" in caught.value.remedy


@as_root_only
def test_database_in_a_home_that_was_closed_later_is_not_left_behind(place: Path) -> None:
    home = place / "home"
    (home / "var" / "database").mkdir(parents=True)
    home.chmod(0o700)

    assert DataFolders.locate(home, {}).data == home / "var"
