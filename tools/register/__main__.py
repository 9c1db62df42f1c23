"""Write a register of organisations that do not exist: ``python -m tools.register FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.register.files import FORMATS, write_all
from tools.register.records import Recipe


def main() -> None:
    """Write the four files, and say where each is and how large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entities", type=int, default=10_000, help="without sole proprietors")
    parser.add_argument("--establishments", type=int, default=8_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--standard", choices=("SN2007", "SN2025"), default="SN2025")
    parser.add_argument("--changed", type=float, default=0.0, help="share of changed records")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    given = vars(parser.parse_args())
    folder, formats = given.pop("folder"), given.pop("formats")
    for path in write_all(folder, Recipe(**given), formats=formats):
        print(f"{path}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
