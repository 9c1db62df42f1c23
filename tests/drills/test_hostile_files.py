"""Files made to do harm are refused or tamed, within two seconds and 200 MB, whatever they try."""

from __future__ import annotations

import os
import subprocess
import time
import tracemalloc
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from samskap.kernel.files import asking
from samskap.kernel.files.limits import Allowance
from samskap.kernel.files.papers import check_pdf
from samskap.kernel.files.pictures import clean_picture
from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.tables import read_table
from tests.world.hostile_files import EVERY_ONE, Hostile

if TYPE_CHECKING:
    import resource

pytestmark = pytest.mark.drill

SECONDS, BYTES = 2.0, 200 * 1024 * 1024


class _Measured(subprocess.Popen[Any]):
    """A child whose end says what it took."""

    taken: list[resource.struct_rusage] = []

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        pid, status, usage = os.wait4(self.pid, wait_flags)
        if pid:
            self.taken.append(usage)
        return pid, status


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[resource.struct_rusage]:
    monkeypatch.setattr(_Measured, "taken", [])
    monkeypatch.setattr(asking.subprocess, "Popen", _Measured)
    # The kernel holds the child to what we promise, however large the file that was sent.
    monkeypatch.setattr(asking, "allowance", lambda _size: Allowance(BYTES, int(SECONDS), 60))
    return _Measured.taken


def _read(file: Hostile, data: bytes) -> object:
    """Give what is read of a file, as whoever asked for it would have it."""
    if file.kind == "table":
        return [row.values for row in read_table(data, words=()).rows]
    if file.kind == "paper":
        return check_pdf(data)
    drawn = clean_picture(data)
    assert drawn.content.startswith(b"\x89PNG")
    for trace in (b"script", b"PK\x03", b"Kari", b"Exif", b"eXIf", b"acTL"):
        assert trace not in drawn.content
    return drawn.width, drawn.height


def _outcome(file: Hostile, data: bytes) -> tuple[object, tuple[str, ...]]:
    """Give what is read of a file, or nothing and the two sentences it is refused with."""
    try:
        return _read(file, data), ()
    except RefusedFileError as refused:
        return None, (str(refused.sentence), str(refused.remedy))


@pytest.mark.parametrize("file", EVERY_ONE, ids=lambda file: file.name)
def test_hostile_file_is_refused_or_tamed_within_two_seconds_and_200_mb(file, taken):
    data = file.make()
    begun = time.process_time()
    came_to, said = _outcome(file, data)
    ours = time.process_time() - begun
    # Counting every byte is slow, so it is done apart from the time.
    tracemalloc.start()
    _outcome(file, data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert came_to == file.comes_to
    assert all(said) if came_to is None else said == ()
    assert all(each.ru_utime + each.ru_stime <= SECONDS + 0.2 for each in taken)
    assert (ours <= SECONDS, peak <= BYTES) == (True, True)


def test_there_are_sixty_of_them_or_more():
    kinds = Counter(file.kind for file in EVERY_ONE)

    assert sum(kinds.values()) >= 60
    assert len({file.name for file in EVERY_ONE}) == sum(kinds.values())
    assert min(kinds.values()) >= 12
