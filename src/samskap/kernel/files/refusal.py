"""Why a file is not read, and what its owner can do."""

from __future__ import annotations

from typing import Any

from samskap.kernel.remark import Remark


class RefusedFileError(Exception):
    """The file cannot be read; ``sentence`` says what it is, ``remedy`` what to do about it."""

    def __init__(self, sentence: str, remedy: str, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.remedy = Remark(sentence, values), Remark(remedy, values)

    @classmethod
    def of(cls, sentence: Remark, remedy: Remark) -> RefusedFileError:
        """Return the refusal that these two were of."""
        refused = cls("", "")
        refused.sentence, refused.remedy = sentence, remedy
        return refused

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}"
