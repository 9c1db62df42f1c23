from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.api import world

ACTORS = 23

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(request):
    """Actors of which many have the same name, so that the order must go on to something else."""
    request.getfixturevalue("ostfold")
    for number in range(ACTORS):
        world.actor(f"actor-{number}", ("Ørje", "Aas", "Berg")[number % 3] + " AS")


def pages(caller, address: str) -> list[list[str]]:
    found = []
    while address:
        answer = caller.get(address)
        assert answer.status_code == 200
        found.append([item["slug"] for item in answer.json()["items"]])
        address = answer.json()["next"]
        if address:
            assert answer.headers["Link"] == f'<{address}>; rel="next"'
            address = address.removeprefix("http://testserver")
        else:
            assert "Link" not in answer.headers
    return found


@pytest.mark.usefixtures("many")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(limit=st.integers(1, 200))
def test_the_pages_laid_end_to_end_are_the_whole_list_whatever_their_size(caller, limit):
    whole = pages(caller, "/api/v1/actors?limit=200")[0]
    assert len(set(whole)) == len(whole) == ACTORS

    found = pages(caller, f"/api/v1/actors?limit={limit}")

    assert [slug for page in found for slug in page] == whole
    assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)


@pytest.mark.usefixtures("many")
def test_each_page_tells_how_many_there_are_in_all(caller):
    first = caller.get("/api/v1/actors?limit=5").json()
    second = caller.get(first["next"].removeprefix("http://testserver")).json()

    assert (first["count"], second["count"]) == (ACTORS, ACTORS)


@pytest.mark.usefixtures("many")
def test_an_actor_that_comes_between_two_pages_moves_no_other(caller):
    first = caller.get("/api/v1/actors?limit=10").json()
    world.actor("newcomer", "Abel AS")

    rest = pages(caller, first["next"].removeprefix("http://testserver"))

    given_twice = {item["slug"] for item in first["items"]} & {s for page in rest for s in page}
    assert given_twice == set()
    assert sum(map(len, rest)) + 10 == ACTORS


@pytest.mark.usefixtures("many")
def test_a_cursor_may_be_used_with_another_page_size(caller):
    address = caller.get("/api/v1/actors?limit=10").json()["next"]
    cursor = parse_qs(urlsplit(address).query)["cursor"][0]

    answer = caller.get("/api/v1/actors", {"limit": 200, "cursor": cursor, "lang": "sv"})

    assert len(answer.json()["items"]) == ACTORS - 10


@pytest.mark.usefixtures("many")
def test_a_cursor_fits_only_its_own_list_and_filters(caller):
    address = caller.get("/api/v1/actors?limit=10&factor=business").json()["next"]
    cursor = parse_qs(urlsplit(address).query)["cursor"][0]

    for other in ("/api/v1/actors", "/api/v1/actors?factor=capital", "/api/v1/places"):
        answer = caller.get(other, {**parse_qs(urlsplit(other).query), "cursor": cursor})
        assert answer.status_code == 400
        assert answer.json()["type"] == "/api/v1/docs#problem-unreadable-cursor"


@pytest.mark.parametrize(
    "cursor",
    ["", "abc", "é", "WyJ4Il0:x", signing.dumps(["x"]), signing.dumps({"a": 1})],
    # A signature holds the moment it was made, and no two workers collect at the same one.
    ids=["empty", "short", "not ascii", "not signed", "signed list", "signed object"],
)
def test_a_cursor_we_have_not_given_is_refused(caller, cursor):
    answer = caller.get("/api/v1/actors", {"cursor": cursor, "lang": "en"})

    assert answer.status_code == 400
    assert answer.json()["detail"] == "The cursor is not one that this installation has given."
