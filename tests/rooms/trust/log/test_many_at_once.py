"""Writers wait for no one, and what commits late is not passed over."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.log.verifying import verify
from samskap.trust.models import AuditEntry, AuditSeal, Party
from tests.world.people import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
PATIENCE = 20


def write(party):
    return audit.record("party.made", about=party, by=OPERATOR, at=NOON)


class Other:
    """Another connection, in a thread, that writes one entry and commits when it is told."""

    def __init__(self, party) -> None:
        self.entry = None
        self._party = party
        self._has_written, self._may_end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()
        assert self._has_written.wait(PATIENCE)

    def _work(self):
        try:
            with transaction.atomic():
                self.entry = write(self._party)
                self._has_written.set()
                self._may_end.wait(PATIENCE)
        finally:
            connection.close()

    def commit(self):
        self._may_end.set()
        self._thread.join(PATIENCE)


def test_an_entry_that_commits_after_later_ones_is_sealed_when_it_is_there():
    party, sealer = Party.objects.create(), Sealer()
    slow = Other(party)
    with transaction.atomic():
        quick = write(party)

    sealed_first = sealer.seal()
    slow.commit()
    sealed_then = sealer.seal()

    assert slow.entry.pk < quick.pk
    assert (sealed_first, sealed_then) == (1, 1)
    assert list(AuditSeal.objects.values_list("sequence", "entry_id")) == [
        (1, quick.pk),
        (2, slow.entry.pk),
    ]
    assert verify().is_whole


def test_nothing_is_said_to_be_decided_that_can_still_appear():
    party, sealer = Party.objects.create(), Sealer()
    slow = Other(party)
    with transaction.atomic():
        quick = write(party)

    sealer.seal()
    while_it_works = AuditSeal.objects.get().settled
    slow.commit()
    sealer.seal()

    assert while_it_works < slow.entry.pk < quick.pk
    assert AuditSeal.objects.get(sequence=2).settled >= quick.pk


def test_of_two_sealers_one_works_and_the_other_passes():
    party = Party.objects.create()
    with transaction.atomic():
        write(party)
    held, may_end = threading.Event(), threading.Event()

    def seal_and_hold():
        try:
            with transaction.atomic():
                Sealer().seal()
                held.set()
                may_end.wait(PATIENCE)
        finally:
            connection.close()

    thread = threading.Thread(target=seal_and_hold)
    thread.start()
    assert held.wait(PATIENCE)

    meanwhile = Sealer().seal()
    may_end.set()
    thread.join(PATIENCE)

    assert meanwhile is None
    assert Sealer().seal() == 0
    assert AuditSeal.objects.count() == 1


def test_many_who_write_and_two_who_seal_make_one_whole_chain():
    party = Party.objects.create()
    enough = threading.Event()

    def keep_writing():
        try:
            for turn in range(40):
                with transaction.atomic():
                    write(party)
                    # Every fourth is taken back: its number is never used.
                    transaction.set_rollback(turn % 4 == 3)
        finally:
            connection.close()

    def keep_sealing():
        sealer = Sealer()
        try:
            while not enough.wait(0.005):
                sealer.seal(at_most=7)
        finally:
            connection.close()

    writers = [threading.Thread(target=keep_writing) for _ in range(4)]
    sealers = [threading.Thread(target=keep_sealing) for _ in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join(PATIENCE)
    enough.set()
    for thread in sealers:
        thread.join(PATIENCE)
    Sealer().seal_all()

    verdict = verify()
    assert (verdict.checked, verdict.is_whole, verdict.waiting.number) == (120, True, 0)
    assert AuditEntry.objects.count() == 120
