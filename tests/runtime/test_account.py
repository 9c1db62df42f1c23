import os
import subprocess
import sys
from pathlib import Path

import pytest

from samskap.runtime.account import Account, database_account
from samskap.runtime.problem import ProblemError
from tests.runtime.world import PROJECT, as_root_only, python_for_anyone

NO_DATABASES: list[Path] = []


def test_ordinary_user_runs_the_database_herself() -> None:
    account = Account.current()

    assert (account.uid, account.is_current) == (os.geteuid(), True)


@as_root_only
def test_root_hands_the_database_to_the_named_account() -> None:
    account = database_account({"SAMSKAP_DATABASE_USER": "daemon"}, NO_DATABASES)

    assert (account.name, account.is_current) == ("daemon", False)


@as_root_only
def test_root_keeps_an_existing_database_with_its_owner(place: Path) -> None:
    daemon = Account.named("daemon")
    assert daemon is not None
    database = place / "database"
    database.mkdir()
    os.chown(database, daemon.uid, daemon.gid)

    assert database_account({}, [place / "missing", database]) == daemon


@as_root_only
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("kari-finnes-ikke", "names the account 'kari-finnes-ikke', which does not exist"),
        ("root", "names root, and PostgreSQL refuses to run as root"),
    ],
)
def test_account_that_cannot_serve_is_refused(name: str, sentence: str) -> None:
    with pytest.raises(ProblemError, match=sentence):
        database_account({"SAMSKAP_DATABASE_USER": name}, NO_DATABASES)


@as_root_only
def test_user_without_a_name_is_told_so() -> None:
    program = "from samskap.runtime.account import Account; Account.current().require_name()"
    done = subprocess.run(
        [python_for_anyone(), "-c", program],
        check=False,
        capture_output=True,
        text=True,
        user=54321,
        env={"PYTHONPATH": str(PROJECT / "src")},
    )

    assert "User number 54321 has no name, and PostgreSQL refuses" in done.stderr


def test_account_that_cannot_run_a_program_says_no() -> None:
    answers = [
        Account.current().may_run(command)
        for command in (["true"], ["false"], ["no-such-program-here"], [sys.executable, "-V"])
    ]

    assert answers == [True, False, False, True]
