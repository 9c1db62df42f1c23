"""What is asked for under a key is done once: the same key again gives the first answer.

The row that says so is written in the transaction of what was done: either both are there or
neither, whenever a process dies. What is kept of a request is a digest made with its key, which is
random and kept nowhere; the answer is sealed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, models, transaction

from samskap.kernel import secrecy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

KEEP: Final = timedelta(days=1)
_BYTES: Final = 24
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")
_PURPOSE: Final = "what was answered"
_CLAIM: Final = """
    INSERT INTO kernel_done (digest, what, fingerprint, done_at, answer)
    VALUES (%s, %s, %s, %s, '') ON CONFLICT (digest) DO NOTHING
"""
_TAKE_TURN: Final = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


class OtherContentError(Exception):
    """The key has been used for something else."""


class UnderWayError(Exception):
    """The same is being done at this moment, and its answer is not known yet."""


class Done(models.Model):
    """One thing that was done under a key: which kind of thing, when, and what was answered."""

    digest = models.CharField(max_length=64, unique=True)
    what = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    done_at = models.DateTimeField(db_index=True)
    answer = models.TextField(blank=True, default="")

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.what} {self.digest[:12]}"

    @property
    def told(self) -> str:
        """What was answered; raises ``UnreadableError`` when another key sealed it."""
        return secrecy.unseal(self.answer, purpose=_PURPOSE) if self.answer else ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to be done once.

    ``who`` asks and ``what`` kind of thing it is (a route, a task) are the key's scope: the same
    key of another account, or at another address, is another key. ``content`` is all that was
    asked.
    """

    key: str
    who: str
    what: str
    content: bytes = b""

    @property
    def digest(self) -> str:
        """The key in its scope, from which neither can be read."""
        return hashlib.sha256(json.dumps([self.who, self.what, self.key]).encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """What was asked; nobody without the key can try what it may have been."""
        return hmac.new(self.key.encode(), self.content, "sha256").hexdigest()


def new_key() -> str:
    """Return a key that nobody can guess and that says nothing: 192 random bits."""
    return secrets.token_urlsafe(_BYTES)


def is_key(text: str) -> bool:
    """Whether ``text`` is written as our keys are.

    >>> is_key(new_key()), is_key("17"), is_key("' OR 1=1; --")
    (True, False, False)
    """
    return _KEY.fullmatch(text) is not None


def do_once(
    wish: Wish, act: Callable[[], str | None], *, at: datetime, waits: bool = True
) -> str | None:
    """Do what ``wish`` asks for unless it has been done; return the first answer if it has.

    ``act`` returns what is to be answered the next time, or nothing when nothing was done: then
    the key is as good as new. Returns nothing when ``act`` was called. All it does is undone when
    it raises. Who comes while another is at it waits for the answer, or, when ``waits`` is false,
    raises ``UnderWayError``. Raises ``OtherContentError`` for a key that was used for something
    else.
    """
    with transaction.atomic():
        if not waits:
            _take_turn(wish)
        if not _claimed(wish, at):
            return _first_answer(wish)
        answer = act()
        mine = Done.objects.filter(digest=wish.digest)
        if answer is None:
            mine.delete()
        else:
            mine.update(answer=secrecy.seal(answer, purpose=_PURPOSE))
    return None


def _take_turn(wish: Wish) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURN, [wish.digest])
        if not cursor.fetchone()[0]:
            raise UnderWayError(wish.what)


def _claimed(wish: Wish, at: datetime) -> bool:
    """Write the row of ``wish``; whoever is writing the same one is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [wish.digest, wish.what, wish.fingerprint, at])
        return bool(cursor.rowcount == 1)


def _first_answer(wish: Wish) -> str:
    done = Done.objects.get(digest=wish.digest)
    if not hmac.compare_digest(done.fingerprint, wish.fingerprint):
        raise OtherContentError(wish.what)
    return done.told
