from pathlib import Path

import pytest

from samskap.runtime.binaries import EmbeddedWheel, SystemPostgres, choose_source
from samskap.runtime.folders import DataFolders
from samskap.runtime.problem import ProblemError


def _program(folder: Path, says: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (folder / name).chmod(0o755)
    return folder


def _pretend_cluster(folders: DataFolders, version: int) -> None:
    folders.database.mkdir(parents=True)
    (folders.database / "PG_VERSION").write_text(f"{version}\n")


def test_wheel_is_chosen_when_nothing_else_is_asked_for(folders: DataFolders) -> None:
    source = choose_source(folders, {})

    assert (source, source.version) == (EmbeddedWheel.find(), 18)


def test_folder_named_in_the_environment_is_chosen(folders: DataFolders, place: Path) -> None:
    programs = _program(place / "bin", "postgres (PostgreSQL) 17.2 (Debian 17.2-1)")

    source = choose_source(folders, {"SAMSKAP_POSTGRES_BIN": str(programs)})

    assert (source.bin, source.version, source.supports_builtin_locale) == (programs, 17, True)


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ("postgres (PostgreSQL) 14.9", "holds PostgreSQL 14; 15 to 18 are supported"),
        ("hei", "does not tell its version"),
    ],
)
def test_programs_we_cannot_use_are_refused(
    folders: DataFolders, place: Path, says: str, sentence: str
) -> None:
    programs = _program(place / "bin", says)

    with pytest.raises(ProblemError, match=sentence):
        choose_source(folders, {"SAMSKAP_POSTGRES_BIN": str(programs)})


def test_folder_without_programs_is_refused(folders: DataFolders, place: Path) -> None:
    with pytest.raises(ProblemError, match="no PostgreSQL that runs in") as caught:
        choose_source(folders, {"SAMSKAP_POSTGRES_BIN": str(place)})

    assert "SAMSKAP_POSTGRES_BIN" in caught.value.remedy


def test_database_of_an_older_version_gets_the_machines_own_programs(
    folders: DataFolders, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = _program(place / "bin", "postgres (PostgreSQL) 16.4")
    monkeypatch.setenv("PATH", str(older))
    _pretend_cluster(folders, 16)

    assert choose_source(folders, {}) == SystemPostgres(older)


def test_database_of_a_version_nobody_has_is_refused_in_a_sentence(
    folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    _pretend_cluster(folders, 12)

    with pytest.raises(ProblemError, match="No PostgreSQL 12 was found on this machine"):
        choose_source(folders, {})


@pytest.mark.parametrize(("version", "builtin"), [("15.6", False), ("16.1", False), ("18.0", True)])
def test_builtin_locale_is_known_from_seventeen_on(
    place: Path, version: str, *, builtin: bool
) -> None:
    source = SystemPostgres(_program(place / "bin", f"postgres (PostgreSQL) {version}"))

    assert source.supports_builtin_locale == builtin
