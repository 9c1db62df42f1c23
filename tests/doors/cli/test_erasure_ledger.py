"""Who was erased is remembered beside the backups, whatever becomes of the installation."""

from __future__ import annotations

from samskap.cli.backup import _keep_ledger


def test_a_ledger_that_knows_fewer_takes_nobody_out_of_the_copy_beside_the_backups(tmp_path):
    ledger, copy = tmp_path / "erasures.jsonl", tmp_path / "copy.jsonl"
    copy.write_text('{"key": "first"}\n{"key": "second"}\n')
    ledger.write_text('{"key": "first"}\n{"key": "third"}\n')

    _keep_ledger(ledger, copy)

    assert copy.read_text() == '{"key": "first"}\n{"key": "second"}\n{"key": "third"}\n'
    assert copy.stat().st_mode & 0o777 == 0o600
