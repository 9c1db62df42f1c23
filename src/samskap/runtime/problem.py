"""The one way operator-facing code says that something is wrong."""


class ProblemError(Exception):
    """Something the operator can put right.

    ``sentence`` says what is wrong in one sentence, ``remedy`` what to do about it; ``str()``
    gives both.
    """

    def __init__(self, sentence: str, remedy: str) -> None:
        """Keep both halves, so that a caller may print, log or serialise them apart."""
        super().__init__(sentence, remedy)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        """Give the sentence and the remedy on one line."""
        return f"{self.sentence} {self.remedy}"
