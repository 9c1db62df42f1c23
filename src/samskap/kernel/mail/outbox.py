"""A folder where letters are kept instead of sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email import policy
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings

if TYPE_CHECKING:
    import re
    from collections.abc import Collection
    from datetime import datetime
    from email.message import EmailMessage

    from samskap.kernel.mail.letters import Letter

_SHOWN_AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A letter in the outbox, as its reader would see it."""

    key: UUID
    sender: str
    to: str
    subject: str
    at: datetime
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """One ``.eml`` file a letter, named by its key."""

    folder: Path

    @classmethod
    def of_this_installation(cls) -> Outbox:
        """Return the outbox in the installation's data folder."""
        return cls(Path(settings.DATA) / "outbox")

    def carry(self, letter: Letter) -> None:
        """Keep ``letter``; the same letter again replaces itself."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = self.folder / f".{letter.key}.part"
        waiting.write_bytes(bytes(letter.message))
        waiting.chmod(0o600)
        waiting.replace(self._path(letter.key))

    def letters(self) -> list[KeptMail]:
        """Return the newest letters, at most a hundred, the last one first."""
        paths = sorted(
            self.folder.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name)
        )
        return [self.letter(UUID(path.stem)) for path in reversed(paths[-_SHOWN_AT_MOST:])]

    def letter(self, key: UUID) -> KeptMail:
        """Return one letter; raises ``FileNotFoundError`` when it is not here."""
        with self._path(key).open("rb") as stream:
            message: EmailMessage = BytesParser(policy=policy.default).parse(stream)
        body = message.get_body(("plain",))
        return KeptMail(
            key=key,
            sender=str(message["From"]),
            to=str(message["To"]),
            subject=str(message["Subject"]),
            at=_moment(str(message["Date"])),
            language=str(message["Content-Language"] or ""),
            text=str(body.get_content()) if body else "",
        )

    def forget(self, addresses: Collection[str], naming: re.Pattern[str] | None = None) -> None:
        """Remove every letter to one of ``addresses``, which are in small letters.

        And those to others that say what ``naming`` finds.
        """
        for path in self.folder.glob("*.eml"):
            to = getaddresses([self.letter(UUID(path.stem)).to])
            is_to_them = any(address.lower() in addresses for _, address in to)
            if is_to_them or (naming and says(path.read_bytes(), naming)):
                path.unlink(missing_ok=True)

    def _path(self, key: UUID) -> Path:
        return self.folder / f"{key}.eml"


def says(message: bytes, naming: re.Pattern[str]) -> bool:
    """Tell whether ``naming`` finds something in a letter: in its head, what it says, or its bytes.

    A letter that does not say which letters it is written in is read as UTF-8.
    """
    parsed: EmailMessage = BytesParser(policy=policy.default).parsebytes(message)
    parts = [part for part in parsed.walk() if part.get_content_maintype() == "text"]
    written = [*map(str, parsed.values()), *(str(part.get_content()) for part in parts)]
    return any(naming.search(text) for text in (*written, message.decode("utf-8", "replace")))


def _moment(date: str) -> datetime:
    """Read a letter's date; one that names no zone ('-0000') is in universal time."""
    read = parsedate_to_datetime(date)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
