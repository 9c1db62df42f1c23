"""What ``samskap doctor`` finds in the log: whether what is written is sealed soon after."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from samskap.cli.findings import Finding, failed, ok
from samskap.runtime.services import is_serving
from samskap.trust.log.waiting import sealed, waiting

if TYPE_CHECKING:
    from samskap.cli.installation import Installation

# An import that took a minute is written down a minute old, and sealed a moment later.
_SECOND_LOOK_S: Final = 3.0


def sealing(installation: Installation) -> Finding:
    """Look whether entries wait for their seal longer than a sealer at work would let them."""
    tail = waiting()
    if tail.is_too_long:
        time.sleep(_SECOND_LOOK_S)
        tail = waiting()
    newest = sealed()
    up_to = f"sealed up to {newest.sequence}" if newest else "not sealed yet"
    if not tail.is_too_long:
        return ok("log", f"The log is {up_to}; {tail.number} entries wait.")
    minutes = tail.age.total_seconds() / 60
    said = f"The log is {up_to}; {tail.number} entries wait, the oldest for {minutes:.0f} minutes."
    if installation.has_own_server and not is_serving(installation.folders.data):
        return ok("log", f"{said} They are sealed when Samskap runs.")
    return failed(
        "log",
        said,
        "See that a worker runs (django-admin procrastinate worker), and read the end of its log.",
    )
