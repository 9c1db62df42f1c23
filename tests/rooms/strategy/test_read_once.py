"""Every page says whose it is; it asks once."""

from __future__ import annotations

import pytest

from samskap.strategy import queries
from samskap.strategy.models import Partnership
from tests.world.region import ostfold

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
    assert queries.the_partnership() is None

    ostfold()

    assert queries.the_partnership() == Partnership.objects.get()


def test_outside_a_request_nothing_is_remembered(django_assert_num_queries):
    ostfold()

    with django_assert_num_queries(2):
        queries.the_partnership()
        queries.the_partnership()
