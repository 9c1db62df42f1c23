"""Whoever owns the database can change the log; they cannot do it unseen."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import transaction

from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.log.verifying import Fault, verify
from samskap.trust.models import Party
from tests.world import tampering
from tests.world.people import NOON
from tests.world.tampering import as_the_owner, chance_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.usefixtures("chain"),
]
ENTRIES = 30
HUNDRED = 100


@pytest.fixture
def chain():
    """A chain of thirty, sealed in three turns, with numbers that nobody used between them."""
    party = Party.objects.create()
    for _ in range(ENTRIES // 10):
        for _ in range(10):
            audit.record(
                "party.made", about=party, by=OPERATOR, at=NOON, changes={"name": ["A", "B"]}
            )
            tampering.sql("SELECT nextval('trust_auditentry_id_seq')")
        Sealer().seal()
    assert verify().is_whole


@contextmanager
def taken_back():
    """Do what is inside, and let it never have been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("tamper", tampering.EVERY_SORT, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found_where_it_was_done(tamper):
    chance = chance_of(tamper.__name__)
    sequence = chance.randint(2, ENTRIES - 1)

    with as_the_owner():
        tamper(sequence, chance)

    assert verify().breaks[0].sequence == sequence


def faults():
    return [(one.fault, one.sequence) for one in verify().breaks]


def test_one_changed_entry_is_one_break():
    with as_the_owner():
        tampering.change(12, chance_of(1))

    assert faults() == [(Fault.CHANGED, 12)]


def test_a_changed_hash_is_told_from_a_changed_entry():
    with as_the_owner():
        tampering.sql("UPDATE trust_auditseal SET hash = sha256(hash) WHERE sequence = 12")

    assert faults() == [(Fault.SEAL_CHANGED, 12)]


def test_what_is_gone_is_told_from_what_is_changed():
    with as_the_owner():
        tampering.remove_entry(5, chance_of(1))
        tampering.remove_both(9, chance_of(1))
        tampering.remove_both(10, chance_of(1))

    assert faults() == [(Fault.ENTRY_GONE, 5), (Fault.SEAL_GONE, 9), (Fault.SEAL_GONE, 10)]


def test_what_was_slipped_in_is_not_taken_for_news_nor_sealed_as_if_it_were():
    with as_the_owner():
        tampering.slip_in(7, chance_of(1))
    Sealer().seal_all()

    assert faults() == [(Fault.INSERTED, 7)]


def test_two_breaks_beside_each_other_are_two():
    with as_the_owner():
        tampering.change(12, chance_of(1))
        tampering.change(13, chance_of(2))

    assert faults() == [(Fault.CHANGED, 12), (Fault.CHANGED, 13)]


@pytest.mark.parametrize("sequence", [1, ENTRIES])
def test_the_first_and_the_last_are_held_as_well(sequence):
    with as_the_owner():
        tampering.change(sequence, chance_of(3))

    assert faults() == [(Fault.CHANGED, sequence)]


def test_breaks_beyond_a_hundred_are_counted_and_not_told():
    with as_the_owner():
        tampering.sql("UPDATE trust_auditseal SET sequence = sequence + 1000 WHERE sequence > 20")

    verdict = verify()

    assert len(verdict.breaks) == 100
    # A thousand places are empty. The first after them is held to nothing; the nine that follow it
    # are not where they were hashed.
    assert verdict.number_of_breaks == 1009


@pytest.mark.drill
def test_a_hundred_of_a_hundred_random_tamperings_are_found_where_they_were_done():
    found = []
    for number in range(HUNDRED):
        chance = chance_of(f"drill {number}")
        sequence = chance.randint(2, ENTRIES - 1)
        tamper = chance.choice(tampering.EVERY_SORT)
        with taken_back(), as_the_owner():
            tamper(sequence, chance)
            breaks = verify().breaks
        found.append(bool(breaks) and breaks[0].sequence == sequence)

    assert found == [True] * HUNDRED
    assert verify().is_whole
