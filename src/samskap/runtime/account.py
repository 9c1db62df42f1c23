"""The operating-system account the database runs under."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from samskap.runtime.problem import ProblemError

ACCOUNT_SETTING = "SAMSKAP_DATABASE_USER"
_NAMELESS = "#"
_CANDIDATES = ("samskap", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine."""

    name: str
    uid: int
    gid: int

    @classmethod
    def current(cls) -> Self:
        """Give the account this process runs under; one without a name is called by its number."""
        try:
            return cls._from_entry(pwd.getpwuid(os.geteuid()))
        except KeyError:
            return cls(f"{_NAMELESS}{os.geteuid()}", os.geteuid(), os.getegid())

    @classmethod
    def named(cls, name: str) -> Self | None:
        """Find an account by its name."""
        try:
            return cls._from_entry(pwd.getpwnam(name))
        except KeyError:
            return None

    @classmethod
    def owning(cls, path: Path) -> Self | None:
        """Find the account a file belongs to: none if it, or its owner's name, is missing."""
        try:
            return cls._from_entry(pwd.getpwuid(path.stat().st_uid))
        except (KeyError, OSError):
            return None

    @classmethod
    def _from_entry(cls, entry: pwd.struct_passwd) -> Self:
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @property
    def is_current(self) -> bool:
        """Whether this process already runs under the account."""
        return self.uid == os.geteuid()

    def require_name(self) -> None:
        """Insist on an entry in the user database, as PostgreSQL does.

        Raises
        ------
        ProblemError
            There is none, as in some containers.
        """
        if self.name.startswith(_NAMELESS):
            raise ProblemError(
                f"User number {self.uid} has no name, and PostgreSQL refuses to run without.",
                "Run as a user with an entry in /etc/passwd; in a container, add one to the image.",
            )

    def may_run(self, command: Sequence[str]) -> bool:
        """Ask the machine itself: run a harmless command as the account, and see how it ends."""
        try:
            done = subprocess.run(  # noqa: S603 - the command is ours
                command,
                check=False,
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                user=None if self.is_current else self.uid,
                group=None if self.is_current else self.gid,
                extra_groups=None if self.is_current else [],
            )
        except OSError:
            return False
        return done.returncode == 0

    def may_reach(self, path: Path) -> bool:
        """Whether the account can enter the folder, or the nearest one above it that exists."""
        nearest = next(folder for folder in (path, *path.parents) if can_see(folder))
        return self.is_current or self.may_run(["test", "-x", str(nearest)])


def can_see(path: Path) -> bool:
    """Whether there is something at a path, as far as this process may look."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def database_account(environ: Mapping[str, str], databases: Sequence[Path]) -> Account:
    """Choose the account for the database server.

    An ordinary user runs it herself. Root, which PostgreSQL refuses, hands it to the account the
    setting names, else to the owner of the first of ``databases`` that exists, else to
    ``samskap``, else to ``nobody``.
    """
    current = Account.current()
    if current.uid != 0:
        return current
    if name := environ.get(ACCOUNT_SETTING):
        return _required(name)
    owners = (Account.owning(folder) for folder in databases)
    named = (Account.named(name) for name in _CANDIDATES)
    for account in (*owners, *named):
        if account is not None and account.uid != 0:
            return account
    sentence = "The database must not run as root, and this machine has no other account for it."
    raise ProblemError(
        sentence, f"Create one with 'useradd --system samskap', or name one in {ACCOUNT_SETTING}."
    )


def _required(name: str) -> Account:
    account = Account.named(name)
    if account is None:
        sentence = (
            f"{ACCOUNT_SETTING} names the account '{name}', which does not exist on this machine."
        )
        raise ProblemError(sentence, "Create the account, or name another.")
    if account.uid == 0:
        sentence = f"{ACCOUNT_SETTING} names root, and PostgreSQL refuses to run as root."
        raise ProblemError(sentence, "Name an ordinary account.")
    return account
