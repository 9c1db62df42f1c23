"""The chain held to heads of before: what a chain cannot show by itself, that it was rewritten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from samskap.trust.log.heads import Head
from samskap.trust.log.verifying import TOLD, Break, Fault
from samskap.trust.models import AuditSeal, LogHead

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from samskap.trust.log.verifying import Verdict


def kept_heads() -> list[Head]:
    """Return every head that was signed here, the oldest first."""
    return [Head.of(row) for row in LogHead.objects.order_by("id")]


def held_to(verdict: Verdict, heads: Iterable[Head], *, known: Collection[bytes]) -> Verdict:
    """Return ``verdict`` with what ``heads`` show besides.

    ``known`` are the public keys that a head may be signed with. Whoever owns the database can
    write a head and sign it with a key of their own: one that is signed with another key is a
    break, and shows nothing else. A head beyond the end of the chain says that its tail was cut,
    and where; one that does not fit says that the chain was rewritten, after the newest head before
    it that fits.
    """
    rows = sorted(heads, key=lambda head: head.sequence)
    found = list(_breaks(rows, known=known, last=_last()))
    if not found:
        return verdict
    together = sorted([*verdict.breaks, *found], key=lambda one: one.sequence)
    return replace(
        verdict,
        breaks=tuple(together[:TOLD]),
        number_of_breaks=verdict.number_of_breaks + len(found),
    )


def _breaks(heads: Sequence[Head], *, known: Collection[bytes], last: int) -> Iterable[Break]:
    here = dict(
        AuditSeal.objects.filter(sequence__in={head.sequence for head in heads}).values_list(
            "sequence", "hash"
        )
    )
    fits, beyond = 0, 0
    for head in heads:
        if not head.is_signed:
            yield Break(Fault.SIGNATURE, head.sequence)
        elif head.public_key not in known:
            yield Break(Fault.UNKNOWN_KEY, head.sequence)
        elif head.sequence > last:
            beyond = head.sequence
        elif head.sequence in here and bytes(here[head.sequence]) != head.hash:
            yield Break(Fault.REWRITTEN, fits + 1, until=head.sequence)
        else:
            fits = head.sequence
    if beyond:
        yield Break(Fault.TAIL_CUT, last + 1, until=beyond)


def _last() -> int:
    newest = AuditSeal.objects.order_by("-sequence").first()
    return newest.sequence if newest else 0
