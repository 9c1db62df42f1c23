"""The directory, the import and the network of many actors, one after another.

    python benchmarks/actors.py

Each part is a benchmark of its own, and runs alone as well: ``actors_directory``,
``actors_import`` and ``actors_network``. Their figures stand here under the name of the part; the
last line is the largest share of a limit that the directory or the import took.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("directory", "import", "network")
# What the directory's slowest address may take, in milliseconds.
DIRECTORY_LIMIT_MS = 60.0
SLOWEST = re.compile(r"worst p95 ([0-9.]+) ms")
SHARE = re.compile(r"ratio ([0-9.]+)")


def main() -> int:
    """Run each part, and print what it says."""
    asked = _arguments()
    print(
        f"Directory, import and network of {asked.actors} actors,"
        f" {asked.rounds} rounds each in turn",
        flush=True,
    )
    shares = []
    for part in PARTS:
        _compared, *figures, last = _told_by(part, asked)
        for figure in figures:
            print(f"{part}_{figure}")
        slowest, share = SLOWEST.fullmatch(last), SHARE.fullmatch(last)
        if slowest:
            shares.append(float(slowest[1]) / DIRECTORY_LIMIT_MS)
        elif share:
            print(f"{part}_ratio {share[1]} x", flush=True)
            shares += [float(share[1])] if part == "import" else []
    print(f"ratio {max(shares):.2f}")
    return 0


def _told_by(part: str, asked: argparse.Namespace) -> list[str]:
    """Return the lines that a part prints; what it says is wrong goes to standard error."""
    command = [sys.executable, str(HERE / f"actors_{part}.py")]
    command += ["--actors", str(asked.actors), "--rounds", str(asked.rounds)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own
    return ran.stdout.splitlines()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--actors", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
