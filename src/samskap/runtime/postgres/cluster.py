"""Making a cluster whole, or not at all."""

import os
import shutil
from pathlib import Path

from samskap.runtime.account import Account
from samskap.runtime.binaries import BinarySource, cluster_version
from samskap.runtime.diagnosis import explain
from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres import children, settings
from samskap.runtime.problem import ProblemError


def make_cluster(folders: DataFolders, source: BinarySource) -> None:
    """Make a cluster with its roles and its database, beside its place, and move it there whole.

    What a killed attempt left behind is removed first.

    Raises
    ------
    ProblemError
        The disk is full, or PostgreSQL could not make it; nothing is left behind.
    """
    making = folders.data / "database.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    os.chown(making, folders.account.uid, folders.account.gid)
    try:
        _fill(making, folders, source)
        making.rename(folders.database)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    _sync(folders.data)


def check_cluster(folders: DataFolders, source: BinarySource) -> None:
    """Check that an existing cluster is one these programs and this account can run.

    Raises
    ------
    ProblemError
        It is not a cluster, belongs to someone else, or was made by another version.
    """
    database = folders.database
    if database.stat().st_uid != folders.account.uid:
        owner = Account.owning(database)
        raise ProblemError(
            f"The database in {database} belongs to {owner.name if owner else 'someone else'}, "
            f"and the database's account is '{folders.account.name}'.",
            "Run as its owner, or as root with SAMSKAP_DATABASE_USER set to its owner.",
        )
    made_by = cluster_version(database)
    if made_by is None:
        raise ProblemError(
            f"{database} is not a PostgreSQL data folder.",
            "Move it away, or choose another data folder with SAMSKAP_DATA.",
        )
    if made_by != source.version:
        raise ProblemError(
            f"The database in {database} was made by PostgreSQL {made_by}, "
            f"and the programs in {source.bin} are PostgreSQL {source.version}.",
            f"Set SAMSKAP_POSTGRES_BIN to the programs of PostgreSQL {made_by}, "
            "or dump the database with those and restore it with these.",
        )


def write_access(database: Path, account: Account) -> None:
    """Say which accounts of this machine may come in as which roles.

    Written anew only when it changes, so that a full disk does not stop a start.
    """
    accounts = [Account.current().name, account.name]
    _write(database / "pg_hba.conf", settings.hba_lines(), account)
    _write(database / "pg_ident.conf", settings.ident_lines(accounts), account)


def _fill(making: Path, folders: DataFolders, source: BinarySource) -> None:
    _must_succeed(settings.initdb_command(source, making), folders)
    configuration = making / "postgresql.conf"
    _write(configuration, configuration.read_text() + settings.SETTINGS, folders.account)
    write_access(making, folders.account)
    steps = [("postgres", settings.ROLES), (settings.DATABASE, settings.RIGHTS)]
    for database, statements in steps:
        command = settings.single_user_command(source, making, database)
        _must_succeed(command, folders, told=statements)


def _must_succeed(command: list[str], folders: DataFolders, *, told: str = "") -> None:
    succeeded, said = children.run(command, folders.account, told=told)
    if not succeeded:
        raise explain(
            said,
            what=f"The database could not be made in {folders.data}",
            silent="PostgreSQL did not say why",
            place=folders.data,
            remedy="Put that right and try again.",
        )


def _write(path: Path, text: str, account: Account) -> None:
    """Put a file in place whole, owned by the account, never through a link laid out for us."""
    if path.exists() and path.read_text() == text:
        return
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(draft, flags, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fchown(file.fileno(), account.uid, account.gid)
        os.fsync(file.fileno())
    draft.replace(path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
