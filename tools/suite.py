"""The tiers of tests: `make check`, `make test`, `make drill`.

Every part is run even if an earlier one failed, and the last line counts them all together:
a gate (format, lint, types …) counts as one, a test as one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from samskap.runtime.binaries import BINARIES_SETTING, SystemPostgres
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SECOND_POSTGRESQL = 15
FULL_KILLS = "10"
# A file stays whole: what it has loaded once serves all its tests.
IN_TWO = ("-n", "2", "--dist", "loadfile")
# Every test in there is a journey: the daily gate need not read them to leave them out.
NOT_DAILY = ("--ignore=tests/journeys",)
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM_NEEDED = 2 * 1024**3  # bytes
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# The longest first: the others find room beside it.
GATES: dict[str, list[str | Path]] = {
    "types": [BIN / "mypy"],
    "texts": [sys.executable, "tools/messages.py", "check"],
    "templates": [BIN / "djlint", "--check", "--lint", "src"],
    "contracts": [BIN / "lint-imports"],
    "tools' types": [
        BIN / "mypy",
        "--cache-dir=.mypy_cache/tools",
        *("tools/setup.py", "tools/suite.py", "tools/ground"),
    ],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "lint": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
}


@dataclass
class Tally:
    """What has been run so far, and what could not be."""

    counts: Counter[str] = field(default_factory=Counter)
    not_run: dict[str, None] = field(default_factory=dict)
    """What was not run, in words; a dictionary keeps the order and drops what is said twice."""

    def could_not(self, words: str) -> None:
        """Note what this machine does not allow; in CI that is a failure."""
        self.not_run[words] = None
        self.counts["failed"] += IS_CI

    def close(self) -> int:
        """Print what was not run and the one line that counts; return the exit code."""
        print()
        for words in self.not_run:
            print(f"Not run: {words}")
        skipped = f", {self.counts['skipped']} skipped" if self.counts["skipped"] else ""
        print(f"{self.counts['passed']} passed, {self.counts['failed']} failed{skipped}")
        return 1 if self.counts["failed"] else 0


def run_gates(tally: Tally) -> None:
    """Run the gates, two at a time; show what one says only when it fails."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samskap.config.settings",
        "SAMSKAP_WITHOUT_SECRETS": "1",
        # Asked whether models and migrations agree, Django need not find a database.
        "PYTHONWARNINGS": "ignore::RuntimeWarning",
        "DATABASE_URL": os.environ.get("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
    }
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(_run_gate, name, command, environment) for name, command in GATES.items()
        ]
        for each in as_completed(running):
            words, said = each.result()
            tally.counts["failed" if said else "passed"] += 1
            print(words, said, sep="\n" if said else "", flush=True)


def _run_gate(name: str, command: list[str | Path], environment: dict[str, str]) -> tuple[str, str]:
    """Run one gate; return the line about it, and what it says when it fails."""
    since = time.monotonic()
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    verdict = "failed" if done.returncode else "passed"
    words = f"  {name:<12} {verdict}  {time.monotonic() - since:.1f} s"
    return words, (done.stdout or "It says nothing.") if done.returncode else ""


def run_tests(
    tally: Tally, title: str, *arguments: str, environment: dict[str, str] | None = None
) -> None:
    """Run one part of the tests, shown as it goes, and add up what became of it."""
    print(f"\n{title}", flush=True)
    with tempfile.TemporaryDirectory(prefix="samskap-suite-") as folder:
        report = Path(folder) / "report.xml"
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments],
            cwd=PROJECT,
            env={**_kept_code(), **(environment or {})},
            check=False,
            stdin=subprocess.DEVNULL,
        ).returncode
        _add_up(tally, title, report, code)


def _kept_code() -> dict[str, str]:
    """Give an environment in which what is compiled is kept: the next run begins sooner."""
    return {name: word for name, word in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _add_up(tally: Tally, title: str, report: Path, code: int) -> None:
    if not report.exists():
        print(f"{title}: the test runner ended with {code} and no report.")
        tally.counts["failed"] += 1
        return
    cases = [case for suite in ET.parse(report).iter("testsuite") for case in suite]  # noqa: S314 - our own report
    failed = sum(
        case.find("failure") is not None or case.find("error") is not None for case in cases
    )
    skips = [skip for case in cases if (skip := case.find("skipped")) is not None]
    tally.counts["failed"] += failed
    tally.counts["skipped"] += len(skips)
    tally.counts["passed"] += len(cases) - failed - len(skips)
    for skip in skips:
        tally.not_run[f"{skip.get('message', 'a test that gave no reason')}"] = None
    if not cases or (code and not failed):
        print(f"{title}: the test runner ended with {code}.")
        tally.counts["failed"] += 1


def check(tally: Tally) -> None:
    """Run the daily gate."""
    run_gates(tally)
    with _quick_folder() as quick:
        chosen = ("-m", "not journey and not drill", *NOT_DAILY)
        run_tests(tally, "Tests", *chosen, *IN_TWO, environment=quick)


def test(tally: Tally) -> None:
    """Run everything: the gate, journeys in a browser, small drills, and PostgreSQL 15."""
    check(tally)
    if _found("chromium", "chromium-browser", "google-chrome") or _install("chromium"):
        run_tests(tally, "Journeys", "-m", "journey")
    else:
        tally.could_not("the journeys. Install Chromium: apt-get install chromium.")
    run_tests(tally, "Every route and role", "-m", "breadth", *IN_TWO)
    run_tests(tally, "Drills, small numbers", "-m", "drill and not breadth", "-s")
    second = _second_postgresql()
    if second is None:
        tally.could_not(
            f"the database tests on PostgreSQL {SECOND_POSTGRESQL}. Install it: "
            f"apt-get install postgresql-{SECOND_POSTGRESQL}."
        )
        return
    with _quick_folder() as quick:
        run_tests(
            tally,
            f"Database tests again, on PostgreSQL {SECOND_POSTGRESQL}",
            *("-m", "database", *IN_TWO),
            environment={**quick, BINARIES_SETTING: str(second)},
        )


def drill(tally: Tally) -> None:
    """Run the full numbers of kills and loads, with every figure printed."""
    full = {"SAMSKAP_DRILL_KILLS": FULL_KILLS, "SAMSKAP_DRILL_FULL": "1"}
    run_tests(tally, "Every route and role", "-m", "breadth", *IN_TWO)
    run_tests(tally, "Drills, full numbers", "-m", "drill and not breadth", "-s", environment=full)


@contextmanager
def _quick_folder() -> Iterator[dict[str, str]]:
    """Give settings that keep the tests' databases in memory, where the machine has room for them.

    Drills stay on the disk: what they ask is whether the disk keeps what was acknowledged.
    """
    try:
        facts = os.statvfs(MEMORY)
    except OSError:
        yield {}
        return
    if facts.f_bavail * facts.f_frsize < ROOM_NEEDED or facts.f_flag & os.ST_NOEXEC:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="samskap-suite-", dir=MEMORY) as folder:
        Path(folder).chmod(0o1777)
        yield {"TMPDIR": folder}


def _found(*programs: str) -> bool:
    return any(shutil.which(program) for program in programs)


def _second_postgresql() -> Path | None:
    for _ in (1, 2):
        try:
            return SystemPostgres.find(SECOND_POSTGRESQL).bin
        except ProblemError:
            if not _install(f"postgresql-{SECOND_POSTGRESQL}"):
                return None
    return None


def _install(package: str) -> bool:
    """Install a package of the machine's own, where we may; say whether it went well."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"\nInstalling {package} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", package],
    ):
        done = subprocess.run(
            command,
            env=quiet,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            print("\n".join(done.stdout.splitlines()[-5:]), flush=True)
            return False
    return True


TIERS = {"check": check, "test": test, "drill": drill}


def main() -> int:
    """Run the tier that is named, and return the exit code."""
    if len(sys.argv) != 2 or sys.argv[1] not in TIERS:  # noqa: PLR2004 - one word after the name
        print(f"Say one of: {', '.join(TIERS)}.")
        return 2
    since, tally = time.monotonic(), Tally()
    TIERS[sys.argv[1]](tally)
    print(f"\nmake {sys.argv[1]}: {time.monotonic() - since:.0f} s", end="")
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
