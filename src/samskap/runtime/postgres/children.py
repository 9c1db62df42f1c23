"""Starting PostgreSQL's programs as children that end when we do."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from samskap.runtime.account import Account
from samskap.runtime.parent import tied_to_parent
from samskap.runtime.postgres.settings import child_environment
from samskap.runtime.problem import ProblemError


def require_linux() -> None:
    """Refuse a system where a child cannot be tied to its parent's life.

    Raises
    ------
    ProblemError
        This is not Linux.
    """
    if sys.platform != "linux":
        raise ProblemError(
            "The embedded database runs on Linux only.",
            "Point DATABASE_URL and DATABASE_OWNER_URL at a PostgreSQL of your own.",
        )


def run(command: Sequence[str], account: Account, *, told: str = "") -> tuple[bool, str]:
    """Run a program to its end under an account; say whether it succeeded and what it said."""
    with subprocess.Popen(  # noqa: S603 - the command is ours
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env=child_environment(os.environ),
        user=_user(account),
        group=_group(account),
        extra_groups=_extra_groups(account),
        preexec_fn=tied_to_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads before the exec
    ) as child:
        try:
            said, _ = child.communicate(told)
        except BaseException:
            child.terminate()
            raise
    return child.returncode == 0, said


def launch(command: Sequence[str], account: Account, log: Path) -> "subprocess.Popen[bytes]":
    """Start a server under an account, apart from the terminal's Ctrl-C, writing to a log.

    Raises
    ------
    RuntimeError
        Called from another thread than the main one: the kernel ties the child to the *thread*.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("the database server must be started from the main thread")
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - the command is ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=child_environment(os.environ),
            user=_user(account),
            group=_group(account),
            extra_groups=_extra_groups(account),
            process_group=0,
            preexec_fn=tied_to_parent(signal.SIGINT),  # noqa: PLW1509 - no threads before the exec
        )


def _user(account: Account) -> int | None:
    return None if account.is_current else account.uid


def _group(account: Account) -> int | None:
    return None if account.is_current else account.gid


def _extra_groups(account: Account) -> list[int] | None:
    return None if account.is_current else []
