"""Saying how far a long step has come: on a terminal in one line, elsewhere a line now and then."""

from __future__ import annotations

import shutil
import sys
import time

_SILENCE_S = 5.0
_BLINK_S = 0.1


class Progress:
    """One step's line; ``tell`` as often as you like, ``end`` once."""

    def __init__(self, title: str) -> None:
        """Begin: the title stands there from the first moment."""
        self._title = title
        self._since = time.monotonic()
        self._told_at = 0.0
        self._is_terminal = sys.stdout.isatty()
        self._write("…")

    def tell(self, words: str) -> None:
        """Show where we are, unless something was shown a moment ago."""
        pause = _BLINK_S if self._is_terminal else _SILENCE_S
        if time.monotonic() - self._told_at >= pause:
            self._write(f"{words}  {self._elapsed}")

    def end(self, words: str = "done") -> None:
        """Show how it went, and leave the line standing."""
        self._write(f"{words}  {self._elapsed}")
        if self._is_terminal:
            print()

    @property
    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._since:.0f} s"

    def _write(self, words: str) -> None:
        self._told_at = time.monotonic()
        line = f"  {self._title:<22} {words}"
        if self._is_terminal:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K{line[:width]}", end="", flush=True)
        else:
            print(line, flush=True)
