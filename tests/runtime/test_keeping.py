import stat
from pathlib import Path

from samskap.runtime.keeping import keep, kept, kept_secret


def test_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret"

    first = kept_secret(path, lambda: "hemmelig")
    second = kept_secret(path, lambda: "en annen")

    assert (first, second, stat.S_IMODE(path.stat().st_mode)) == ("hemmelig", "hemmelig", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_facts_come_back_as_they_were_kept(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"

    keep(path, {"navn": "Råde", "port": 8001})
    keep(path, {"navn": "Ås"})

    assert kept(path) == {"navn": "Ås"}
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_remembered_from_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text("{half")

    assert (kept(path), kept(tmp_path / "none")) == ({}, {})
