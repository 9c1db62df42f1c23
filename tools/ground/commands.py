"""Running another program with its progress shown, and saying in one sentence why it failed."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
from typing import TYPE_CHECKING

from ground.places import PROJECT, RECORDS
from ground.progress import Progress
from samskap.runtime.diagnosis import free_bytes, is_full
from samskap.runtime.parent import tied_to_parent
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import IO

_LAST_LINES = 15
_LOOK_AGAIN_S = 1.0
_SAYS_FULL = re.compile(r"No space left on device|Errno 28|ENOSPC|Disk quota exceeded")
_SAYS_CUT_OFF = re.compile(
    r"Temporary failure in name resolution|Name or service not known|Network is unreachable|"
    r"Failed to establish a new connection|NewConnectionError|ConnectTimeoutError|ProxyError|"
    r"No route to host|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
)
_SAYS_OTHER_HASH = re.compile(r"DO NOT MATCH THE HASHES|EINTEGRITY")


def run(
    command: Sequence[str],
    *,
    title: str,
    name: str,
    environment: Mapping[str, str],
    reading: Callable[[str], str] = lambda _: "",
) -> None:
    """Run ``command`` in the project, show its progress, and keep what it said in a log.

    ``reading`` is given each line and answers with the words to show, or with none.

    Raises
    ------
    ProblemError
        It failed: the sentence says why as far as its output tells.
    """
    progress, said = Progress(title), list[str]()
    RECORDS.mkdir(parents=True, exist_ok=True)
    with (
        (RECORDS / f"{name}.log").open("w", encoding="utf-8") as log,
        _started(command, environment) as child,
    ):
        try:
            _listen(child, log=log, said=said, reading=reading, progress=progress)
        except BaseException:
            child.terminate()
            raise
    if child.returncode:
        progress.end("failed")
        raise explain(title, "\n".join(said))
    progress.end()


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=tied_to_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads here
    )


def _listen(
    child: subprocess.Popen[bytes],
    *,
    log: IO[str],
    said: list[str],
    reading: Callable[[str], str],
    progress: Progress,
) -> None:
    """Keep every line in ``log`` and in ``said``, and tell what ``reading`` makes of it."""
    words = ""
    for line in _lines_of(child.stdout):
        if line:
            said.append(line)
            print(line, file=log)
            words = reading(line) or words
        progress.tell(words)


def full_disk() -> ProblemError:
    """Say that the disk under the checkout is full."""
    left = free_bytes(PROJECT) // 1024**2
    return ProblemError(
        f"The disk that holds {PROJECT} is full: {left} MB are free.",
        "Free about 1 GB and run the same command again; what is whole is kept.",
    )


def _lines_of(stream: IO[bytes] | None) -> Iterator[str]:
    """Yield each line, and an empty one whenever a second passes in silence."""
    if stream is None:
        return
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(_LOOK_AGAIN_S):
                yield ""
                continue
            piece = os.read(stream.fileno(), 65536)
            *lines, rest = (rest + piece).split(b"\n")
            yield from (line.decode(errors="replace").rstrip() for line in lines)
            if not piece:
                yield rest.decode(errors="replace").rstrip()
                return


def explain(title: str, said: str) -> ProblemError:
    """Explain a failed step from what its program said, and show the end of that if it is new."""
    if _SAYS_FULL.search(said) or is_full(PROJECT):
        return full_disk()
    if _SAYS_OTHER_HASH.search(said):
        return ProblemError(
            f"{title}: a package that was fetched is not the one whose hash is in the lock.",
            f"Do not install it; find out which in {RECORDS}, and who changed it.",
        )
    if _SAYS_CUT_OFF.search(said):
        return ProblemError(
            f"{title}: the place the packages come from cannot be reached.",
            "Check the network and any proxy, and run the same command again; "
            "what has been fetched is kept.",
        )
    print("\n".join(said.splitlines()[-_LAST_LINES:]))
    return ProblemError(
        f"{title}: this step failed; the last lines it said stand above.",
        f"The whole of it is in {RECORDS}.",
    )
