"""Nothing is shown to more people by a slip: the form asks, and says who they are."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samskap.actors.models import Actor, Body
from samskap.trust import audit
from samskap.trust.models import Role, Visibility
from tests.world import talks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        (wider, narrower)
        for place, wider in enumerate(("public", "partners", "party", "secretariat"))
        for narrower in ("public", "partners", "party", "secretariat")[place + 1 :]
    ],
)
def test_each_level_is_wider_than_those_after_it(wider, narrower):
    assert Visibility(wider).is_wider_than(Visibility(narrower))
    assert not Visibility(narrower).is_wider_than(Visibility(wider))
    assert not Visibility(wider).is_wider_than(Visibility(wider))


@pytest.fixture
def group():
    return talks.body("Sagflisgruppa", visibility=Visibility.SECRETARIAT)


def send(client, body, **more):
    typed = {"name": "Sagflisgruppa", "kind": body.kind, "purpose": "Vi deler sagflis"} | more
    return client.post(reverse("workspace:body-edit", kwargs={"slug": body.slug}), typed)


def level(body):
    return Body.objects.get(pk=body.pk).visibility


def test_the_form_comes_back_with_who_will_see_it_and_all_that_was_typed(at_desk, group):
    page = send(at_desk(Role.SECRETARIAT), group, visibility="public")

    text = page.content.decode()
    assert page.status_code == 422
    assert "Yes, let everyone see it: on the open pages, in files and as open data" in text
    assert "More people will see it than now. Tick that they may." in text
    assert "Vi deler sagflis" in text
    assert re.search(r'<option value="public"\s+selected', text)
    assert level(group) == Visibility.SECRETARIAT


def test_a_yes_is_taken_and_the_log_tells_from_what_to_what(at_desk, group):
    client = at_desk(Role.SECRETARIAT)
    answer = send(client, group, visibility="public", widen="public", reason="Gruppa tar inn flere")

    entry = audit.history_of(group)[0]
    assert answer.status_code == 302
    assert level(group) == Visibility.PUBLIC
    assert (entry.verb, entry.reason) == ("visibility.widened", "Gruppa tar inn flere")
    assert entry.changes["visibility"] == ["secretariat", "public"]
    history = client.get(reverse("workspace:history", args=["body", group.key])).content.decode()
    assert "Let more people see it" in history
    assert "<del>The secretariat</del>" in history
    assert "<q>Gruppa tar inn flere</q>" in history


def test_the_log_shows_every_widening_and_nothing_else_when_it_is_asked_for(at_desk, group):
    client = at_desk(Role.SECRETARIAT)
    send(client, group, visibility="partners", widen="partners")
    send(client, group, visibility="secretariat", reason="For tidlig")

    page = client.get(reverse("workspace:log"), {"verb": "visibility.widened"})

    assert [entry.verb for entry in audit.history_of(group)][:2] == [
        "body.edited",
        "visibility.widened",
    ]
    assert [told.verb for told in page.context["entries"]] == ["Let more people see it"]


def test_a_narrowing_that_is_undone_is_told_as_the_widening_it_is(at_desk, group):
    client = at_desk(Role.SECRETARIAT)
    Body.objects.filter(pk=group.pk).update(visibility=Visibility.PARTNERS)
    send(client, group, visibility="secretariat")
    narrowed = audit.history_of(group)[0]
    where = reverse("workspace:undo", args=[narrowed.pk])

    asked = client.get(where).content.decode()
    client.post(where, {"reason": "Vi tok feil"})

    assert "<ins>The partners</ins>" in asked
    assert level(group) == Visibility.PARTNERS
    undone = audit.history_of(group)[0]
    assert (undone.verb, undone.reason) == ("visibility.widened", "Vi tok feil")
    assert undone.changes["undoes"] == [None, narrowed.pk]


@pytest.mark.parametrize("yes", ["partners", "on", ""])
def test_a_yes_to_something_else_is_none(yes, at_desk, group):
    answer = send(at_desk(Role.SECRETARIAT), group, visibility="public", widen=yes)

    assert answer.status_code == 422
    assert level(group) == Visibility.SECRETARIAT


def test_narrowing_and_leaving_it_as_it_is_are_not_asked_about(at_desk, group):
    Body.objects.filter(pk=group.pk).update(visibility=Visibility.PARTNERS)
    client = at_desk(Role.SECRETARIAT)

    assert send(client, group, visibility="partners").status_code == 302
    assert send(client, group, visibility="secretariat").status_code == 302
    assert level(group) == Visibility.SECRETARIAT


def test_a_membership_asks_too(at_desk, workshop):
    kept = talks.membership(workshop, visibility=Visibility.PARTY)
    client, where = (
        at_desk(Role.SECRETARIAT),
        reverse("workspace:membership-edit", kwargs={"key": kept.key}),
    )
    typed = {"kind": kept.kind, "valid_from": "2024-01-01", "visibility": "partners"}

    asked = client.post(where, typed)
    answer = client.post(where, typed | {"widen": "partners"})

    assert (asked.status_code, answer.status_code) == (422, 302)
    assert "Yes, let all the partners and the board see it" in asked.content.decode()


def test_what_is_new_is_the_secretariats_until_someone_says_otherwise(at_desk):
    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:actor-new")).content.decode()

    assert re.search(r'<option value="secretariat"\s+selected', page)
    assert Actor().visibility == Visibility.SECRETARIAT
