"""The matrix as a page to read: ``python -m tests.doors.access.document`` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.doors.access.canaries import CALLERS, OWN, PRIVATE
from tests.doors.access.table import ACCOUNT, API, DEMONSTRATION, DESK, PORTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.doors.access.table import Row

PAGE: Final = Path(__file__).resolve().parents[3] / "docs" / "security" / "matrix.md"
_INTRODUCTION: Final = """\
# Every address, and who is let in

Made by `python -m tests.doors.access.document` from `tests/doors/access/table.py` and
`tests/doors/access/canaries.py`; a test fails when it is out of date. The addresses are taken from
Django's resolver and the API's schema: one that is missing here fails the build, and
`tests/doors/access/test_matrix.py` calls every cell. What the roles are: [access.md](access.md).

**r**: may read. **a**: may act (a form may be sent there). Empty: turned away. Who is not signed in
is led to sign-in and back, who holds another role gets 403, and what does not exist is 404.
Sessions end with the account and with any mandate they began with: the last two columns.
What a page that is open to many shows depends on who reads: [the second table](#who-sees-what).
"""
_CHAPTERS: Final[tuple[tuple[str, str, Mapping[str, Row]], ...]] = (
    ("The desk", "", DESK),
    ("Sign-in", "Each changes their own; most ask for the password once more first.", ACCOUNT),
    ("The portal", "", PORTAL),
    ("The API", "It is for reading, and takes nothing.", API),
    ("Only in a demonstration", "Elsewhere these are not there.", DEMONSTRATION),
)
_FIELDS: Final = """\
## Who sees what

Fields that are not for everyone, wherever they could come out: pages, API answers, files, counts,
search, error messages, letters, logs. A canary stands in each of them, of two organisations;
`tests/doors/access/test_canaries.py` looks for all of them as everyone, and for each finds somebody
who does see it. **own**: the organisation's own people alone.
"""


def page() -> str:
    """Return the page as Markdown."""
    parts = [_INTRODUCTION]
    for title, words, rows in _CHAPTERS:
        parts += [f"## {title}\n", *([f"{words}\n"] if words else []), _addresses(rows)]
    parts += [_FIELDS, _fields()]
    return "\n".join(parts)


def _addresses(rows: Mapping[str, Row]) -> str:
    lines = (
        (f"`{name}`", *(_cell(row, caller) for caller in CALLERS)) for name, row in rows.items()
    )
    return _table(("address", *CALLERS), lines)


def _cell(row: Row, caller: str) -> str:
    marks = (("r", row.get), ("a", row.post))
    return " ".join(mark for mark, callers in marks if callers and caller in callers)


def _fields() -> str:
    owners = frozenset().union(*OWN.values())
    lines = (
        (
            field,
            *(
                "yes"
                if caller in private.seen_by
                else "own"
                if private.and_own and caller in owners
                else ""
                for caller in CALLERS
            ),
        )
        for field, private in PRIVATE.items()
    )
    return _table(("field", *CALLERS), lines)


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    heads = list(head)
    rule = ["---", *(["---"] * (len(heads) - 1))]
    rows = [heads, rule, *(list(line) for line in lines)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
