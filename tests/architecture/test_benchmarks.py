"""A benchmark says what it compared, then its figures, and last one line a program can read."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.house import PROJECT

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = PROJECT / "benchmarks"
NOT_BENCHMARKS = {"convention", "world"}
BENCHMARKS = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_BENCHMARKS)
FIGURE = re.compile(r"[a-z0-9_]+ [0-9]+(\.[0-9]+)? \S+")
LAST = re.compile(r"ratio [0-9]+(\.[0-9]+)?|worst p95 [0-9]+(\.[0-9]+)? ms")


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.drill
@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_ends_in_the_line_the_convention_promises(name):
    ran = subprocess.run(
        [sys.executable, f"benchmarks/{name}.py", "--actors", "30", "--rounds", "2"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    compared, *figures, last = ran.stdout.splitlines()
    assert compared.endswith("rounds each in turn")
    assert [line for line in figures if not FIGURE.fullmatch(line)] == []
    assert figures != []
    assert LAST.fullmatch(last)


def test_half_of_the_rounds_took_the_median_and_nineteen_of_twenty_the_95th_percentile():
    timing = loaded("convention").Timing(tuple(float(ms) for ms in range(100, 0, -1)))

    # Of 1 … 100: the median lies between 50 and 51; 95 of them are below the 96th.
    assert (timing.p50_ms, timing.p95_ms) == (50.5, 96.0)


def test_of_few_rounds_the_slowest_stands_for_the_95th_percentile():
    assert loaded("convention").Timing((3.0, 1.0, 2.0)).p95_ms == 3.0


def test_works_are_timed_in_turn_after_a_round_that_does_not_count():
    order = []

    timings = loaded("convention").side_by_side(
        {"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2
    )

    assert order == ["a", "b", "a", "b", "a", "b"]
    assert {name: len(timing.rounds_ms) for name, timing in timings.items()} == {"a": 2, "b": 2}


def test_the_last_lines_are_written_as_promised(capsys):
    convention = loaded("convention")
    slow, quick = convention.Timing((30.0, 30.0)), convention.Timing((12.0, 12.0))

    convention.ratio(slow, quick)
    convention.worst_p95({"slow": slow, "quick": quick})

    assert capsys.readouterr().out == "ratio 2.50\nworst p95 30.00 ms\n"
