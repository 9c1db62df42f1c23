"""Two that may be one, at the desk: found, compared, merged, and parted again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.actors.models import Merge, NotTheSame, Tie
from samskap.actors.queries import actors_seen_by
from samskap.trust.access import PUBLIC
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(at_desk):
    return at_desk(Role.SECRETARIAT)


@pytest.fixture
def pair():
    place = PlaceFactory()
    return (
        ActorFactory(named="Borg Dampverk AS", place=place, phone="69 00 00 01"),
        ActorFactory(named="Borg Dampverk", place=place, phone="69 00 00 02", web=""),
    )


def page_of(desk, name, *about: str):
    return desk.get(reverse(f"workspace:{name}", args=about)).content.decode()


def test_two_with_nearly_one_name_in_one_place_are_shown_as_a_pair(desk, pair):
    ActorFactory(named="Glomma Sag AS")

    page = page_of(desk, "duplicates")

    assert "1 pair may be one and the same" in page
    assert reverse("workspace:merge", args=[pair[0].slug, pair[1].slug]) in page


def test_a_pair_that_was_told_apart_is_not_shown_again(desk, pair):
    desk.post(reverse("workspace:tell-apart", args=[pair[1].slug, pair[0].slug]))

    assert "No two look alike" in page_of(desk, "duplicates")
    assert NotTheSame.objects.count() == 1


def test_an_invented_one_and_a_real_one_are_no_pair(desk):
    place = PlaceFactory()
    ActorFactory(named="Borg Dampverk AS", place=place)
    ActorFactory(named="Borg Dampverk", place=place, is_demo=True)

    assert "No two look alike" in page_of(desk, "duplicates")


def test_the_comparison_shows_what_they_say_differently_and_what_goes_over(desk, pair):
    kept, absorbed = pair
    Tie.objects.create(
        kind="supplies", from_actor=absorbed, to_actor=ActorFactory(), source=SourceFactory()
    )

    page = page_of(desk, "merge", kept.slug, absorbed.slug)

    assert "69 00 00 01" in page
    assert "69 00 00 02" in page
    assert "ties (1)" in " ".join(page.split())


def test_what_only_the_one_that_goes_knows_is_chosen_beforehand(desk, pair):
    kept, absorbed = pair
    absorbed.web = "https://borgdampverk.example"
    absorbed.save()

    page = " ".join(page_of(desk, "merge", kept.slug, absorbed.slug).split())

    assert 'name="web" value="absorbed" checked' in page
    assert 'name="phone" value="kept" checked' in page


def test_it_is_said_when_something_would_be_seen_by_more(desk, pair):
    kept, absorbed = pair
    absorbed.visibility = Visibility.SECRETARIAT
    absorbed.save()
    Tie.objects.create(
        kind="supplies",
        from_actor=absorbed,
        to_actor=ActorFactory(),
        source=SourceFactory(),
        visibility=Visibility.PUBLIC,
    )

    assert "1 thing will be seen by more people" in page_of(desk, "merge", kept.slug, absorbed.slug)


def test_merged_as_chosen_and_taken_back(desk, pair):
    kept, absorbed = pair

    desk.post(reverse("workspace:merge", args=[kept.slug, absorbed.slug]), {"phone": "absorbed"})

    kept.refresh_from_db()
    assert kept.phone == "69 00 00 02"
    assert list(actors_seen_by(PUBLIC)) == [kept]
    assert "Borg Dampverk" in page_of(desk, "duplicates")

    desk.post(reverse("workspace:merge-undo", args=[Merge.objects.get().key]))

    kept.refresh_from_db()
    assert kept.phone == "69 00 00 01"
    assert set(actors_seen_by(PUBLIC)) == {kept, absorbed}


def test_an_earlier_merge_waits_for_the_later(desk, pair):
    first, second = pair
    third = ActorFactory(named="Borg Damp")
    desk.post(reverse("workspace:merge", args=[first.slug, second.slug]))
    desk.post(reverse("workspace:merge", args=[third.slug, first.slug]))
    earlier = Merge.objects.order_by("pk").first()

    answer = desk.post(reverse("workspace:merge-undo", args=[earlier.key]), follow=True)

    assert "Take that back first" in answer.content.decode()
    assert list(actors_seen_by(PUBLIC)) == [third]


def test_an_actor_is_not_compared_with_itself(desk, pair):
    slug = pair[0].slug

    assert desk.get(reverse("workspace:merge", args=[slug, slug])).status_code == 404
    assert desk.post(reverse("workspace:tell-apart", args=[slug, slug])).status_code == 404


def test_an_invented_one_is_not_merged_into_a_real_one(desk):
    real, invented = ActorFactory(), ActorFactory(is_demo=True)

    answer = desk.post(reverse("workspace:merge", args=[real.slug, invented.slug]))

    assert answer.status_code == 403
    assert Merge.objects.count() == 0


@pytest.mark.usefixtures("pair")
def test_the_list_asks_the_database_as_often_for_three_pairs_as_for_one(desk):
    page_of(desk, "duplicates")
    with CaptureQueriesContext(connection) as for_one:
        page_of(desk, "duplicates")
    for name in ("Glomma Sag", "Iddefjord Papir"):
        place = PlaceFactory()
        ActorFactory(named=f"{name} AS", place=place)
        ActorFactory(named=name, place=place)
    with CaptureQueriesContext(connection) as for_three:
        page = page_of(desk, "duplicates")

    assert "3 pairs may be one and the same" in page
    assert len(for_three) == len(for_one)


def test_the_other_one_is_found_by_search_and_compared(desk, pair):
    kept, absorbed = pair
    where = reverse("workspace:merge-with", args=[kept.slug])

    found = desk.post(where, {"q": "Borg Dampverk", "find": "1"})
    compared = desk.post(where, {"actor": absorbed.slug})

    assert found.status_code == 200
    assert f'value="{absorbed.slug}"' in found.content.decode()
    assert f'value="{kept.slug}"' not in found.content.decode()
    assert compared.url == reverse("workspace:merge", args=[kept.slug, absorbed.slug])


def test_choosing_the_actor_itself_is_refused_and_said(desk, pair):
    kept, _ = pair

    page = desk.post(reverse("workspace:merge-with", args=[kept.slug]), {"actor": kept.slug})

    assert page.status_code == 422
    assert "Choose another." in page.content.decode()


def test_the_ways_to_merge_are_on_the_actor_s_page_and_in_the_directory(desk, pair):
    kept, _ = pair

    assert reverse("workspace:merge-with", args=[kept.slug]) in page_of(desk, "actor", kept.slug)
    assert reverse("workspace:duplicates") in page_of(desk, "actors")
