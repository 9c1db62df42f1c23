"""A line that was cut short takes no other with it."""

from __future__ import annotations

from uuid import UUID

from samskap.trust.privacy import ledger
from tests.world.people import NOON


def test_a_line_after_one_that_was_cut_short_is_read(settings, tmp_path):
    settings.DATA = tmp_path
    ledger.ledger_file().write_text('{"kind": "trust.Per')
    line = ledger.Line(NOON, "trust.Person", UUID(int=1))

    ledger._append([line])

    assert list(ledger._read(ledger.ledger_file())) == [line]
