"""The process that reads what people send in can read, and do no harm; nobody waits for it long."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from samskap.kernel.files import asking
from samskap.kernel.files.asking import TooMuchError
from samskap.kernel.files.limits import Allowance
from samskap.kernel.files.papers import check_pdf
from samskap.kernel.files.refusal import RefusedFileError
from tests.world.papers import CATALOG, PAGE, PAGES, paper

SOURCE = Path(asking.__file__).parents[3]
# What someone would try who has made a parser do as they wish. Each answers with what stopped it.
TRIES = {
    "a network": "import socket; socket.socket()",
    "a pair of sockets": "import socket; socket.socketpair()",
    "another program": "os.execv('/bin/true', ['true'])",
    "another process": "os.fork() or os._exit(9)",
    "a signal": "os.kill(os.getppid(), 0)",
    "a new file": "open(folder + '/new', 'wb')",
    "an old file anew": "os.open(folder + '/old', os.O_RDONLY | os.O_TRUNC)",
    "an old file on": "open(folder + '/old', 'ab')",
    "an old file cut": "os.truncate(folder + '/old', 0)",
    "an old file gone": "os.unlink(folder + '/old')",
    "an old file's name": "os.rename(folder + '/old', folder + '/other')",
    "an old file's rights": "os.chmod(folder + '/old', 0o777)",
    "another folder": "os.mkdir(folder + '/sub')",
}
PROBE = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import socket
from samskap.kernel.files import child
folder, tries = sys.argv[2], json.loads(sys.argv[3])

def try_all(file, out):
    stopped = {}
    for name, code in tries.items():
        try:
            exec(code, globals())
        except PermissionError as refused:
            stopped[name] = refused.errno
    out.write(json.dumps([stopped, open(folder + '/old').read()]).encode())

child._reader = lambda kind: try_all
child.main(sys.argv[1], str(2**30), "20", "picture")
"""


def test_child_reads_and_does_nothing_else(tmp_path):
    (tmp_path / "old").write_text("as it was")
    asked = [str(SOURCE), str(tmp_path), json.dumps(TRIES)]

    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", PROBE, *asked],
        capture_output=True,
        text=True,
        check=True,
    )

    # EPERM is 1.
    assert json.loads(done.stdout) == [dict.fromkeys(TRIES, 1), "as it was"]
    assert [each.name for each in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize(
    "program",
    ["import os, time; os.close(1); time.sleep(60)", "import time; time.sleep(60)"],
    ids=["one that has told all and does not end", "one that tells nothing"],
)
def test_child_that_does_not_end_is_ended(program):
    begun = time.monotonic()

    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as told,
        pytest.raises(TooMuchError),
    ):
        asking._run([sys.executable, "-c", program], given, told, Allowance(0, 0, 1))

    assert time.monotonic() - begun < 30


def test_form_that_runs_scripts_of_its_own_is_refused():
    """An XFA form (ISO 32000-1, 12.7.8) brings its programs along in XML."""
    with pytest.raises(RefusedFileError) as refused:
        check_pdf(paper(CATALOG.replace(">>", "/AcroForm << /XFA (x) >> >>"), PAGES, PAGE))

    assert str(refused.value.sentence) == "The PDF holds a program, and we keep none."
