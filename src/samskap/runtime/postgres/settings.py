"""How a cluster is made and a server started: commands, environment, and the lines we write."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from samskap.runtime.binaries import BinarySource
from samskap.runtime.folders import PORT, DataFolders

DATABASE = "samskap"
OWNER = "samskap_owner"
APP = "samskap_app"
_SUPERUSER = "postgres"
_MAP = "samskap"

# Appended to postgresql.conf when the cluster is made; from then on the file is the operator's.
SETTINGS = """
# Samskap: a small installation, two to four cores. Change what you like; what must hold is set
# on the server's command line.
max_connections = 100
shared_buffers = 128MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
max_parallel_workers_per_gather = 1
jit = off
wal_compression = on
# A crash is repaired from the last checkpoint: keep that short.
max_wal_size = 512MB
min_wal_size = 80MB
checkpoint_timeout = 5min
idle_in_transaction_session_timeout = 10min
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
# Statements and key values hold personal data: an error is logged without them.
log_min_error_statement = panic
log_error_verbosity = terse
"""


def initdb_command(source: BinarySource, folder: Path) -> list[str]:
    """Make a cluster in which æ, ø and å are letters.

    The obvious ``--no-locale`` would let pg_trgm drop them and ltree refuse them, in silence.
    """
    provider = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if source.supports_builtin_locale
        else ["--locale-provider=libc"]
    )
    return [
        str(source.bin / "initdb"),
        f"--pgdata={folder}",
        f"--username={_SUPERUSER}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        *provider,
        "--data-checksums",
        "--auth-local=peer",
        "--auth-host=reject",
        "--no-instructions",
    ]


def server_command(source: BinarySource, folders: DataFolders) -> list[str]:
    """Start a server that only its own socket leads to, and that loses nothing it acknowledged."""
    must_hold = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": _quoted(str(folders.socket)),
        "unix_socket_permissions": "0700",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        # After a crash: one call for the whole disk, not one for each of 1 500 files. As safe on
        # Linux 5.8 and later, and ten times as fast when the disk has other work to do.
        "recovery_init_sync_method": "syncfs",
        "logging_collector": "off",
        "log_destination": "stderr",
    }
    command = [str(source.bin / "postgres"), "-D", str(folders.database)]
    for name, value in must_hold.items():
        command += ["-c", f"{name}={value}"]
    return command


def single_user_command(source: BinarySource, folder: Path, database: str) -> list[str]:
    """Run statements from standard input in a cluster that no server has open; stop at an error."""
    server = str(source.bin / "postgres")
    return [server, "--single", "-D", str(folder), "-c", "exit_on_error=on", database]


ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB
CREATE ROLE {APP} LOGIN
GRANT {APP} TO {OWNER}
CREATE DATABASE {DATABASE} OWNER {OWNER}
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC
GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP}
"""

RIGHTS = f"""
REVOKE CREATE ON SCHEMA public FROM PUBLIC, {APP}
"""


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a PostgreSQL program: nothing of ``PG*``, one locale, one zone."""
    kept = {
        name: value
        for name, value in environ.items()
        if not name.startswith(("PG", "LC_", "LANG", "TZ"))
    }
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def hba_lines() -> str:
    """Say who may connect at all: accounts of this machine, through the socket, by the map."""
    return f"# Written by Samskap at each start.\nlocal all all peer map={_MAP}\n"


def ident_lines(accounts: Sequence[str]) -> str:
    """Map each account of this machine to the two roles, and to no other."""
    pairs = [
        f"{_MAP} {_quoted(account)} {role}\n"
        for account in dict.fromkeys(accounts)
        for role in (OWNER, APP)
    ]
    return "# Written by Samskap at each start.\n" + "".join(pairs)


def url(role: str, socket: Path) -> str:
    """Give an address that libpq, psycopg and dj-database-url read alike."""
    return f"postgresql://{role}@{quote(str(socket), safe='')}:{PORT}/{DATABASE}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
