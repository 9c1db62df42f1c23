"""What ``samskap audit verify`` says of what it found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from samskap.trust.log.keys import fingerprint
from samskap.trust.log.verifying import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from samskap.trust.log.heads import Head
    from samskap.trust.log.verifying import Break, Verdict
    from samskap.trust.log.waiting import Waiting

_SENTENCES: Final = {
    Fault.CHANGED: "{sequence}: changed after it was sealed (entry {entry}, or its seal).",
    Fault.SEAL_CHANGED: "{sequence}: its seal was changed; the entry {entry} is as it was.",
    Fault.ENTRY_GONE: "{sequence}: its entry is gone.",
    Fault.SEAL_GONE: "{sequence}: it is gone, entry and seal.",
    Fault.INSERTED: "{sequence}: the entry {entry} was put in here afterwards.",
    Fault.TAIL_CUT: "{sequence}: the log ends before this; it went to {until} when it was signed.",
    Fault.REWRITTEN: "{sequence}: rewritten from here or later, at {until} at the latest:"
    " the chain was made anew after it was signed.",
    Fault.SIGNATURE: "{sequence}: a head kept here is not signed as it says.",
    Fault.UNKNOWN_KEY: "{sequence}: a head kept here is signed with a key that is not known here.",
}


def lines_of(verdict: Verdict, *, heads: Sequence[Head], known: Collection[bytes]) -> Iterator[str]:
    """Yield what is to be said, the verdict last: ``known`` are the keys that are believed."""
    for one in verdict.breaks:
        yield f"BROKEN {_sentence(one)}"
    untold = verdict.number_of_breaks - len(verdict.breaks)
    if untold:
        yield f"BROKEN {untold} places more."
    yield _waits(verdict.waiting)
    for key, number in _signed_with(heads, known):
        yield f"{number} signed heads, with the key {key}."
    held = f"{verdict.checked} sealed entries, held to {len(heads)} signed heads"
    if verdict.is_whole:
        yield f"{held}: the log is whole."
    else:
        yield f"{held}: the log is broken in {verdict.number_of_breaks} places."


def facts_of(
    verdict: Verdict, *, heads: Sequence[Head], known: Collection[bytes]
) -> dict[str, Any]:
    """Return the same for a program; ages are in seconds."""
    return {
        "is_whole": verdict.is_whole,
        "checked": verdict.checked,
        "heads": len(heads),
        "keys": [{"key": key, "heads": number} for key, number in _signed_with(heads, known)],
        "number_of_breaks": verdict.number_of_breaks,
        "breaks": [
            {
                "fault": one.fault.value,
                "sequence": one.sequence,
                "entry": one.entry,
                "until": one.until,
                "sentence": _sentence(one),
            }
            for one in verdict.breaks
        ],
        "unsealed": {
            "number": verdict.waiting.number,
            "age_seconds": round(verdict.waiting.age.total_seconds(), 3),
        },
    }


def _signed_with(heads: Sequence[Head], known: Collection[bytes]) -> list[tuple[str, int]]:
    """Name each known key that heads are signed with, and count them."""
    counted = Counter(head.public_key for head in heads if head.is_signed)
    return sorted((fingerprint(key), number) for key, number in counted.items() if key in known)


def _sentence(one: Break) -> str:
    return _SENTENCES[one.fault].format(sequence=one.sequence, entry=one.entry, until=one.until)


def _waits(waiting: Waiting) -> str:
    if not waiting.number:
        return "Nothing waits to be sealed."
    age = waiting.age.total_seconds()
    late = " Is a worker running?" if waiting.is_too_long else ""
    return f"{waiting.number} entries wait to be sealed, the oldest for {age:.1f} s.{late}"
