"""What is private, of two organisations: a field each, who may see it, and the canary in it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Those who call. The last four have no mandate that holds.
ANONYMOUS: Final = "anonymous"
DISABLED: Final = "closed account"
ENDED: Final = "mandate ended"
NO_MANDATE: Final = "no mandate"
ROLES: Final = (
    "secretariat",
    "partner-representative",
    "company-member",
    "board-member",
    "auditor",
    "administrator",
)
CALLERS: Final = (ANONYMOUS, *ROLES, NO_MANDATE, DISABLED, ENDED)

SECRETARIAT, PARTNER, COMPANY, BOARD, AUDITOR, ADMINISTRATOR = (frozenset({one}) for one in ROLES)
NOBODY: Final[frozenset[str]] = frozenset()
SEES_ALL: Final = SECRETARIAT | AUDITOR
PARTNERS: Final = SEES_ALL | PARTNER | BOARD
# The representative acts for the sawmill, the company member for the bakery.
SAWMILL, BAKERY = "sawmill", "bakery"
OWN: Final = {SAWMILL: PARTNER, BAKERY: COMPANY}


@dataclass(frozen=True, slots=True)
class Private:
    """A field that is not for everyone: who may see it, and whether its organisation itself may.

    ``nowhere``: it stands on no page of the desk; it leaves the house in a letter or a file alone.
    """

    seen_by: frozenset[str]
    and_own: bool = False

    def callers(self, organisation: str) -> frozenset[str]:
        """Return those who may see the field of one of the two organisations."""
        return self.seen_by | (OWN[organisation] if self.and_own else NOBODY)


PRIVATE: Final[dict[str, Private]] = {
    # People at an organisation, and what was talked of
    "contact, name":                    Private(SEES_ALL),
    "contact, role":                    Private(SEES_ALL),
    "contact, e-mail":                  Private(SEES_ALL),
    "contact, phone":                   Private(SEES_ALL),
    "contact, where we know it from":   Private(SEES_ALL),
    "talk, what was said":              Private(SEES_ALL),
    "talk, next step":                  Private(SEES_ALL),
    # On what terms it belongs
    "membership, contribution":         Private(SEES_ALL),
    "membership, agreement's name":     Private(SEES_ALL),
    "membership, agreement":            Private(SEES_ALL),
    # What it has told us, or a file has
    "suggestion, comment":              Private(SEES_ALL),
    "suggestion, value":                Private(SEES_ALL),
    "import, file name":                Private(SECRETARIAT),
    "import, rejected row":             Private(SECRETARIAT),
    # What is kept to some
    "actor of the secretariat, name":          Private(SEES_ALL),
    "actor of the secretariat, description":   Private(SEES_ALL),
    "actor of one organisation, name":         Private(SEES_ALL, and_own=True),
    "actor of one organisation, description":  Private(SEES_ALL, and_own=True),
    "actor of the partners, name":             Private(PARTNERS),
    "tie of the secretariat, role":            Private(SEES_ALL),
    "tie of one organisation, role":           Private(SEES_ALL, and_own=True),
    "body of the secretariat, name":           Private(SEES_ALL),
    "body of the partners, name":              Private(PARTNERS),
    "source of the secretariat, title":        Private(SEES_ALL),
    # Who acts for it, and what was done
    "holder of a mandate, e-mail":             Private(SECRETARIAT | ADMINISTRATOR, and_own=True),
    "log, reason":                             Private(SEES_ALL),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Canary:
    """A string that stands in one private field of one organisation and nowhere else."""

    field: str
    organisation: str
    song: str

    @property
    def seen_by(self) -> frozenset[str]:
        """Those who may see it."""
        return PRIVATE[self.field].callers(self.organisation)


def canaries() -> list[Canary]:
    """Return one for each private field of each organisation, in the table's order."""
    return [
        Canary(field, organisation, _song(number, field))
        for number, (field, organisation) in enumerate(
            (field, organisation) for field in PRIVATE for organisation in (SAWMILL, BAKERY)
        )
    ]


def _song(number: int, field: str) -> str:
    """Return a word, a number or an address that is nobody else's and fits the field."""
    if field == "membership, contribution":
        return f"73{number:02}19"
    if field == "contact, phone":
        return f"9{number:02}40517"
    word = word_from(f"{number} {field}")
    return f"{word.lower()}@bur.example" if field.endswith("e-mail") else word


def word_from(seed: str) -> str:
    """Return a word of twelve letters that is like no other, the same for the same ``seed``."""
    digest = sha256(seed.encode()).digest()
    letters = (
        _LETTERS[place % 2][byte % len(_LETTERS[place % 2])] for place, byte in enumerate(digest)
    )
    return "".join(letters)[:12].title()


_LETTERS: Final = ("bdfghjklmnprstv", "aeiouy")


def sung(told: str, among: Iterable[Canary], *, besides: str = "") -> set[Canary]:
    """Return the canaries heard in ``told``, whatever its case and however its digits are spaced.

    What was asked for (``besides``) may come back as it was asked.
    """
    asked = besides.lower()
    heard = told.lower()
    digits = heard.translate(_SPACES)
    return {
        canary
        for canary in among
        if (song := canary.song.lower()) not in asked
        and (song in heard or (song.isdigit() and song in digits))
    }


_SPACES: Final = dict.fromkeys(map(ord, " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE},.-"))
