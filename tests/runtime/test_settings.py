from pathlib import Path

import psycopg.conninfo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.runtime.postgres import settings

PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)


class _Source:
    """PostgreSQL's programs, as the commands see them."""

    def __init__(self, version: int) -> None:
        self.bin = Path("/opt/postgresql/bin")
        self.version = version
        self.supports_builtin_locale = version >= 17

    def reachable_by(self, *_: object) -> "_Source":
        return self


@pytest.mark.parametrize(
    ("version", "provider"),
    [
        (15, ["--locale-provider=libc"]),
        (18, ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]),
    ],
)
def test_locale_comes_from_where_the_version_has_it(version: int, provider: list[str]) -> None:
    command = settings.initdb_command(_Source(version), Path("/srv/new"))

    assert [word for word in command if "locale" in word] == ["--locale=C.UTF-8", *provider]


def test_child_sees_nothing_of_the_callers_database_settings() -> None:
    environ = {
        "PGHOST": "db",
        "PGPASSWORD": "x",
        "LANG": "nb_NO",
        "TZ": "Europe/Oslo",
        "HOME": "/h",
    }

    assert settings.child_environment(environ) == {"HOME": "/h", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def test_each_account_is_mapped_once_to_the_two_roles() -> None:
    lines = settings.ident_lines(["kari", 'od"d', "kari"]).splitlines()[1:]

    assert lines == [
        'samskap "kari" samskap_owner',
        'samskap "kari" samskap_app',
        'samskap "od""d" samskap_owner',
        'samskap "od""d" samskap_app',
    ]


@given(path=PATHS.map(lambda name: Path("/tmp") / name.lstrip("/")))  # noqa: S108 - only a name
def test_address_leads_back_to_the_same_socket(path: Path) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(settings.url("samskap_app", path))

    assert parts == {
        "user": "samskap_app",
        "dbname": "samskap",
        "host": str(path),
        "port": "5432",
    }
