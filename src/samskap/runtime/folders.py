"""Where the data of one installation live."""

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from samskap.runtime.account import Account, can_see, database_account
from samskap.runtime.problem import ProblemError

DATA_SETTING = "SAMSKAP_DATA"
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 107  # bytes; the kernel keeps 108, one of them for the closing zero
SYSTEM_DATA = Path("/var/lib/samskap")
_DATABASE = "database"
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class DataFolders:
    """The folders of one installation, all absolute, and the account that owns its database.

    ``locate`` only looks; ``create`` makes them, and ``create_socket`` what the embedded database
    needs besides.
    """

    data: Path
    """Everything the installation keeps."""
    socket: Path
    """The short, private folder of the database's socket."""
    account: Account
    """The account the database server runs under; only root has another than its own."""

    @classmethod
    def locate(cls, project: Path, environ: Mapping[str, str]) -> Self:
        """Find the folders for a project.

        ``SAMSKAP_DATA`` decides (a relative path is taken from the project), else ``var`` in the
        project. When root works in a project that the database's account cannot enter, the data
        live in ``/var/lib/samskap`` under a name made from the project's path. A database that
        already exists is never left behind for another place.
        """
        home = project.resolve()
        chosen = environ.get(DATA_SETTING)
        if chosen:
            places = [(home / chosen).resolve()]
        else:
            places = [(home / "var").resolve(), SYSTEM_DATA / short_name(home)]
        account = database_account(environ, [place / _DATABASE for place in places])
        data = _settle(places, account)
        return cls(data=data, socket=_socket_folder(data, environ, account), account=account)

    @property
    def database(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.data / _DATABASE

    @property
    def logs(self) -> Path:
        """Logs of everything we start."""
        return self.data / "logs"

    @property
    def secrets(self) -> Path:
        """Keys and passwords made for this installation, readable by its own user only."""
        return self.data / "secrets"

    @property
    def binaries(self) -> Path:
        """Copies of PostgreSQL's programs, when the database's account cannot reach the others."""
        return self.data / "binaries"

    def create(self) -> None:
        """Make the folders that are missing, with the rights they need whatever the umask."""
        _make_parents(self.data)
        for folder in (self.logs, self.secrets):
            _make(folder, _PRIVATE)

    def create_socket(self) -> None:
        """Make the folder of the socket, owned by the account and closed to all others.

        Raises
        ------
        ProblemError
            Its place is taken by someone else, or the account cannot reach the data.
        """
        self.account.require_name()
        if not self.account.may_reach(self.data):
            raise ProblemError(
                f"The account '{self.account.name}', which runs the database, "
                f"cannot reach {self.data}.",
                f"Open the folders above it with 'chmod o+x', or set {DATA_SETTING} to another.",
            )
        _make_parents(self.socket.parent)
        if _make(self.socket, _PRIVATE):
            os.chown(self.socket, self.account.uid, self.account.gid)
        facts = self.socket.lstat()
        is_private = stat.S_ISDIR(facts.st_mode) and stat.S_IMODE(facts.st_mode) == _PRIVATE
        if facts.st_uid != self.account.uid or not is_private:
            raise ProblemError(
                f"{self.socket} is not a private folder of the account '{self.account.name}'.",
                "Find out who made it, remove it, and start again.",
            )


def short_name(path: Path) -> str:
    """Give a short name for a path: twelve hexadecimal digits, the same ones every time."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _settle(places: list[Path], account: Account) -> Path:
    """Choose the first place the account can reach, among those with a database if there is one."""
    with_database = [place for place in places if can_see(place / _DATABASE)]
    candidates = with_database or places
    return next((place for place in candidates if account.may_reach(place)), candidates[0])


def _socket_folder(data: Path, environ: Mapping[str, str], account: Account) -> Path:
    name = f"samskap-{short_name(data)}"
    runtime = environ.get("XDG_RUNTIME_DIR")
    temporary = environ.get("TMPDIR")
    bases = [Path(base) for base in (runtime, temporary) if base and can_see(Path(base))]
    for base in bases:
        folder = base.resolve() / name
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH and account.may_reach(
            base
        ):
            return folder
    return Path("/tmp") / name  # noqa: S108 - create() insists that the folder is private and the account's own


def _make_parents(folder: Path) -> None:
    for parent in reversed((folder, *folder.parents)):
        _make(parent, 0o755)


def _make(folder: Path, mode: int) -> bool:
    """Make a folder and set its mode past the umask; say whether it was missing."""
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        return False
    folder.chmod(mode)
    return True
