"""What is private of two organisations is looked for wherever anyone can look."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import translation

from samskap.actors.models import Actor, Body, Tie
from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust.models import Visibility
from tests.doors.access.calling import address
from tests.doors.access.canaries import ANONYMOUS, PRIVATE, ROLES, SAWMILL, sung, word_from
from tests.doors.access.crawling import read, without_what_changes
from tests.doors.access.listening import heard_by, hidden_addresses, leaks, logs
from tests.doors.access.table import TABLE
from tests.doors.access.world import undone
from tests.world.people import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.doors.access.canaries import Canary
    from tests.doors.access.listening import Heard
    from tests.doors.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.drill, pytest.mark.breadth]
READERS = (ANONYMOUS, *ROLES)
# The lists that are searched, and what the search is called there.
SEARCHES = {
    "portal:directory": "q",
    "portal:directory-file": "q",
    "portal:network": "q",
    "api:v1:actors": "q",
    "api:v1:network_of_actors": "q",
    "workspace:actors": "q",
    "workspace:network": "q",
    "workspace:people": "q",
}
# Who sees nothing but what everyone does, and reads the desk all the same.
SEES_NO_MORE = (ANONYMOUS, "administrator")


@pytest.fixture(scope="module")
def heard(world: World) -> Callable[[str], tuple[list[Heard], str]]:
    """Return what a caller hears, and what the logs say meanwhile; each caller is heard once."""

    @cache
    def by(caller: str) -> tuple[list[Heard], str]:
        with logs() as written:
            return heard_by(world, caller), written.getvalue()

    return by


@pytest.mark.parametrize("caller", READERS)
def test_nobody_hears_what_is_not_theirs(caller, heard):
    told_to_them, _logged = heard(caller)

    assert leaks(told_to_them, caller) == {}
    assert len(told_to_them) > len(TABLE)


def test_every_canary_is_heard_by_all_who_may_hear_it(world, heard):
    """Else the canaries would be silent, and the test above would be of nothing."""
    by_caller = {
        caller: set().union(*(each.canaries for each in heard(caller)[0])) for caller in READERS
    }

    silent = {
        canary: sorted(caller for caller in canary.seen_by if canary not in by_caller[caller])
        for canary in world.canaries
    }

    assert {canary: callers for canary, callers in silent.items() if callers} == {}
    assert {canary.field for canary in world.canaries} == set(PRIVATE)


@pytest.mark.parametrize("caller", READERS)
def test_no_log_tells_of_what_is_private(caller, world, heard):
    """But for the address that somebody asked for and wrote themselves."""
    _told, logged = heard(caller)
    for guessed in hidden_addresses():
        logged = logged.replace(guessed, "")

    assert sung(logged, world.canaries) == set()


@pytest.mark.parametrize("caller", READERS)
def test_a_search_for_what_is_hidden_finds_as_much_as_one_for_what_is_not_there(caller, world):
    """Neither a hit, nor a count, nor a suggestion gives away that there is such a thing."""
    kept = [one for one in world.canaries if caller not in one.seen_by and one.song.isalpha()]

    differing = {
        (name, canary.field)
        for name, parameter in SEARCHES.items()
        if TABLE[name].get and caller in TABLE[name].get
        for canary in kept
        if canary.organisation == SAWMILL
        if found(world, caller, name, parameter, canary.song)
        != found(world, caller, name, parameter, nonsense(canary))
    }

    assert differing == set()


def nonsense(canary: Canary) -> str:
    """A word of the same length that nobody has written anywhere."""
    return word_from(f"nothing like {canary.song}")


def found(world: World, caller: str, name: str, parameter: str, wanted: str) -> str:
    """What a search answers, without the words that were searched for."""
    where = f"{address(name, TABLE[name], world)}?{parameter}={wanted}"
    answer = without_what_changes(read(world, caller, where))
    return answer.replace(wanted, "").replace(wanted.lower(), "")


@pytest.mark.parametrize("caller", SEES_NO_MORE)
def test_what_is_hidden_changes_no_count_facet_or_file_for_others(caller, world):
    lists = [
        address(name, row, world)
        for name, row in TABLE.items()
        if row.get and caller in row.get and name.startswith(("portal:", "api:v1:"))
    ]
    with_it = {where: without_what_changes(read(world, caller, where)) for where in lists}

    with undone():
        for kind in (Tie, Body, Actor):
            kind.objects.exclude(visibility=Visibility.PUBLIC).delete()
        without_it = {where: without_what_changes(read(world, caller, where)) for where in lists}

    assert Actor.objects.exclude(visibility=Visibility.PUBLIC).count() == 6
    assert [where for where in lists if with_it[where] != without_it[where]] == []


def test_a_letter_tells_no_more_than_whom_it_is_to_may_know(world):
    """One to a contact, with a link; one to a person who forgot the password; one to nobody."""
    own = {one.field: one for one in world.canaries if one.organisation == SAWMILL}
    contact, holder = own["contact, e-mail"], own["holder of a mandate, e-mail"]
    with undone(), translation.override("en"):
        ask = reverse("workspace:actor-ask", kwargs=world.about["actor"])
        world.client("secretariat").post(ask, {})
        for email in (holder.song, "nobody@samskap.example"):
            world.client(ANONYMOUS).post(reverse("account_reset_password"), {"email": email})
        for letter in Letter.objects.order_by("id"):
            mail.deliver(letter.key, at=NOON)
        letters = mail.Outbox.of_this_installation().letters()
        heard = {
            letter.to: sung(f"{letter.subject}\n{letter.text}", world.canaries)
            for letter in letters
        }

    assert set(heard) >= {contact.song, holder.song}
    assert heard[contact.song] <= {contact, own["contact, name"]}
    assert heard[holder.song] <= {holder}
    assert heard.get("nobody@samskap.example", set()) == set()
