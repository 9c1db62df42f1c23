import errno
from pathlib import Path

import pytest

from samskap.runtime.diagnosis import explain, explained
from samskap.runtime.problem import ProblemError


def _explain(said: str, place: Path) -> ProblemError:
    return explain(
        said, what="It stopped", silent="it did not say why", place=place, remedy="Look."
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk that holds {place} has no room"),
        (errno.EDQUOT, "The disk that holds {place} has no room"),
        (errno.EACCES, "This user may not write to {place}"),
        (errno.ENOTDIR, "{place} is a file where a folder is needed"),
        (errno.EROFS, "{place} is on a disk that can only be read"),
    ],
)
def test_what_the_machine_refuses_becomes_a_sentence(
    place: Path, number: int, sentence: str
) -> None:
    with pytest.raises(ProblemError, match=sentence.format(place=place)), explained(place):
        raise OSError(number, "refused")


def test_what_nobody_expected_stays_what_it_was(place: Path) -> None:
    with pytest.raises(FileNotFoundError), explained(place):
        (place / "missing").read_text()


def test_servers_own_last_word_is_the_reason_and_a_sessions_is_not(place: Path) -> None:
    said = (
        "2026-01-01 12:00:00.000 UTC [7] FATAL:  could not find the harbour\n"
        "2026-01-01 12:00:01.000 UTC [9] kari@samskap FATAL:  no such role\n"
    )

    assert str(_explain(said, place)) == "It stopped: could not find the harbour. Look."


def test_full_disk_is_recognised_in_what_was_said(place: Path) -> None:
    said = "2026-01-01 UTC [7] PANIC:  could not write to file: No space left on device\n"

    assert _explain(said, place).sentence.startswith(f"The disk that holds {place} has no room")


def test_silence_is_called_silence(place: Path) -> None:
    assert str(_explain("", place)) == "It stopped: it did not say why. Look."
