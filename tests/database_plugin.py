"""The database the tests run on, started before Django reads its settings.

With ``DATABASE_URL`` (and ``DATABASE_OWNER_URL``) in the environment that server is used, else an
embedded one is started for this run alone and thrown away with it. Tests create their database as
its owner; what they then do inside a transaction they do as the application's role.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# Nothing here outlives the run. What must hold for an installation is on its command line.
SETTINGS = """
autovacuum = off
max_wal_size = 4GB
checkpoint_timeout = 1h
wal_compression = off
"""


def _start_throwaway_server() -> None:
    from samskap.runtime.folders import DataFolders
    from samskap.runtime.postgres import PostgresSupervisor, choose_source

    folder = Path(tempfile.mkdtemp(prefix="samskap-tests-"))
    folder.chmod(0o755)
    folders = DataFolders.locate(PROJECT, {**os.environ, "SAMSKAP_DATA": str(folder)})
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.initialise()
    with (folders.database / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS)
    supervisor.start()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(supervisor.stop)
    os.environ["DATABASE_URL"] = supervisor.app_url
    os.environ["DATABASE_OWNER_URL"] = supervisor.owner_url


def _prepare_environment() -> None:
    os.environ.setdefault("SAMSKAP_SECRET_KEY", "only-for-tests-" + "t" * 40)
    os.environ["SAMSKAP_PLAIN_HTTP"] = "1"
    # A tool's package makes jsonschema build grammars for a second, for a format nobody asks of it.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    os.environ.pop("SAMSKAP_DEMO", None)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["SAMSKAP_DATA"] = tempfile.mkdtemp(prefix="samskap-test-data-")
        atexit.register(shutil.rmtree, os.environ["SAMSKAP_DATA"], ignore_errors=True)
        # Where collectstatic would put its files; WhiteNoise warns when the folder is not there.
        Path(os.environ["SAMSKAP_DATA"], "static").mkdir()
    if "DATABASE_URL" not in os.environ:
        _start_throwaway_server()
    # The test runner connects as owner: it makes the database. Tests step down to the app role.
    if "SAMSKAP_TEST_APP_URL" not in os.environ:
        os.environ["SAMSKAP_TEST_APP_URL"] = os.environ["DATABASE_URL"]
        os.environ["DATABASE_APP_ROLE"] = _user_of(os.environ["DATABASE_URL"])
        os.environ["DATABASE_URL"] = os.environ.get(
            "DATABASE_OWNER_URL", os.environ["DATABASE_URL"]
        )
        os.environ.pop("DATABASE_OWNER_URL", None)


def _user_of(url: str) -> str:
    import dj_database_url

    return str(dj_database_url.parse(url)["USER"])


_prepare_environment()
