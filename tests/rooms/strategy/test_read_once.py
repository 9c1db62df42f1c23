"""Every page says whose it is; it asks once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samskap.strategy import queries
from samskap.strategy.actions import load_region
from samskap.trust.doers import OPERATOR
from tests.world.region import NOON, ostfold, partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def _in_a_request():
    queries.begin_request()
    yield
    queries.end_request()


@pytest.mark.usefixtures("_in_a_request")
def test_within_a_request_the_partnership_is_read_once(django_assert_num_queries):
    ostfold()

    with django_assert_num_queries(1):
        assert queries.the_partnership() == queries.the_partnership()


@pytest.mark.usefixtures("_in_a_request")
def test_a_partnership_that_changed_is_read_again_in_the_same_request():
    ostfold()
    known = queries.the_partnership()

    load_region(
        facts=replace(partnership(), contact="post@partnerskap.example"), by=OPERATOR, at=NOON
    )

    assert known.contact == ""
    assert queries.the_partnership().contact == "post@partnerskap.example"


def test_outside_a_request_nothing_is_remembered(django_assert_num_queries):
    ostfold()

    with django_assert_num_queries(2):
        queries.the_partnership()
        queries.the_partnership()
