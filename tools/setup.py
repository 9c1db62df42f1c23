"""Set up what Samskap runs on: `make setup`. Needs Python 3.11 or newer, and nothing else.

An older Python can read this file; it hands over to a newer one on the path, or says what to do.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def hand_over_to_a_newer_python() -> None:
    """Run this file again with a Python that is new enough."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 - the same file, by a path we found
    sys.exit(
        "Samskap needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031 - read by old Pythons
        "Install a newer one (apt-get install python3 python3-venv), "
        "or name it: make PYTHON=/path/to/python3." % sys.version_info[:2]
    )


if __name__ == "__main__":
    if sys.version_info[:2] < OLDEST:
        hand_over_to_a_newer_python()
    from ground.main import main

    sys.exit(main(sys.argv[1:]))
