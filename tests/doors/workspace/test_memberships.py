"""Who belongs, on what terms, and what runs out, at the desk."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samskap.actors.actions import memberships
from samskap.actors.models import Membership
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Mandate, Person, Role
from tests.world import talks
from tests.world.factories import ActorFactory
from tests.world.people import NOON
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


def terms(**more):
    return {
        "kind": "partner",
        "valid_from": "2024-01-01",
        "valid_to": "",
        "contribution_nok": "",
        "agreement_ends_on": "",
        "visibility": "public",
        **more,
    }


def a_file(content=talks.A_PDF, name="Avtale 2024.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def start(client, actor, **more):
    return client.post(reverse("workspace:membership-new", args=[actor.slug]), terms(**more))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("25 000", Decimal(25000)),
        ("kr 25.000,-", Decimal(25000)),
        ("25\N{NO-BREAK SPACE}000,50", Decimal("25000.50")),
        ("12345.6", Decimal("12345.60")),
        ("", None),
    ],
)
def test_a_contribution_is_written_as_people_write_it(written, kept, at_desk, workshop):
    answer = start(at_desk(Role.SECRETARIAT), workshop, contribution_nok=written)

    assert answer.url == reverse("workspace:membership", args=[workshop.slug])
    assert Membership.objects.get().contribution_nok == kept


@pytest.mark.parametrize("written", ["mye", "-5", "1e5", "NaN", "99999999999"])
def test_what_is_no_amount_is_refused_in_words(written, at_desk, workshop):
    page = start(at_desk(Role.SECRETARIAT), workshop, contribution_nok=written)

    assert page.status_code == 422
    assert "Write an amount in kroner, such as 25 000." in page.content.decode()
    assert f'value="{written}"' in page.content.decode()


def test_an_agreement_is_sent_in_with_its_terms_and_given_back_as_a_file(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    start(client, workshop, agreement=a_file(name="Avtåle 2024.pdf"))

    answer = at_desk(Role.AUDITOR).get(
        reverse("workspace:agreement", args=[Membership.objects.get().key])
    )

    assert answer.content == talks.A_PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Avt%C3%A5le%202024.pdf"
    assert "no-store" in answer["Cache-Control"]


def test_what_is_not_a_pdf_is_refused_and_the_terms_stay_typed(at_desk, workshop):
    page = start(
        at_desk(Role.SECRETARIAT),
        workshop,
        contribution_nok="25 000",
        agreement=a_file(b"<html><script>alert(1)</script>", "avtale.pdf"),
    )

    assert page.status_code == 422
    assert "This is not a PDF." in page.content.decode()
    assert 'value="25 000"' in page.content.decode()
    assert not Membership.objects.exists()


def test_when_something_else_is_wrong_one_is_told_to_choose_the_file_once_more(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    talks.membership(workshop)

    page = start(client, workshop, agreement=a_file())
    other = start(client, workshop, agreement=a_file(), valid_to="2020-01-01")

    for answer in (page, other):
        assert answer.status_code == 422
        assert "Choose the file once more when you send this again." in answer.content.decode()
    assert "This actor is a partner or an observer already in that time." in page.content.decode()


def test_someone_new_becomes_the_substitute_in_one_form(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    talks.membership(workshop)
    where = reverse("workspace:representative-new", args=[workshop.slug])

    client.post(
        where,
        {
            "name": "Vara Eksempel",
            "standing": "elected",
            "is_substitute": "on",
            "valid_from": timezone.localdate().isoformat(),
        },
    )
    page = client.get(reverse("workspace:membership", args=[workshop.slug])).content.decode()

    mandate = Mandate.objects.get(person__name="Vara Eksempel")
    assert (mandate.party, mandate.capacity, mandate.standing, mandate.is_substitute) == (
        workshop.party,
        Role.PARTNER_REPRESENTATIVE,
        "elected",
        True,
    )
    assert "Vara Eksempel" in page
    assert "Substitute" in page


@pytest.mark.parametrize("both", [{}, {"name": "Ny", "person": "is chosen too"}])
def test_one_person_is_named_and_not_two_or_none(both, at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    people = Person.objects.count()

    page = client.post(
        reverse("workspace:representative-new", args=[workshop.slug]),
        {"valid_from": timezone.localdate().isoformat(), **both},
    )

    assert page.status_code == 422
    assert Person.objects.count() == people


def test_an_end_makes_a_former_partner_that_stays_in_the_list(at_desk, workshop):
    client = at_desk(Role.SECRETARIAT)
    kept = talks.membership(workshop)

    client.post(
        reverse("workspace:membership-end", args=[kept.key]),
        {"on": timezone.localdate().isoformat(), "reason": "Sagt opp"},
    )
    page = client.get(reverse("workspace:partners")).content.decode()

    assert "No partner is written down yet" in page
    assert page.index("Former partners and observers") < page.index("Eksempel Verksted AS")


def test_what_runs_out_ends_in_a_button_that_renews_it(at_desk, workshop):
    soon = timezone.localdate() + dt.timedelta(days=30)
    kept = talks.membership(workshop, valid_to=soon)
    held = talks.seat(talks.body(), workshop, valid_to=soon)

    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:lapsing")).content.decode()

    assert "2 things run out within 90 days" in page
    assert reverse("workspace:membership-edit", args=[kept.key]) in page
    assert reverse("workspace:seat-renew", args=[held.key]) in page


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.PARTNER_REPRESENTATIVE])
@pytest.mark.parametrize("name", ["partners", "bodies"])
def test_partners_and_bodies_ask_as_often_for_three_as_for_one(
    name, role, at_desk, django_assert_max_num_queries
):
    client, counts = at_desk(role), []
    client.get(reverse(f"workspace:{name}"))
    for more in (1, 2):
        for number in range(more):
            firm = ActorFactory(place=place("3105"))
            talks.membership(firm)
            talks.seat(talks.body(f"Gruppe {more}{number}"), firm)
        with django_assert_max_num_queries(12) as asked:
            client.get(reverse(f"workspace:{name}"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_agreement_whose_file_is_gone_is_not_found(at_desk, workshop):
    kept = talks.membership(workshop)
    kept = memberships.attach_agreement(
        membership=kept, content=talks.A_PDF, name="a.pdf", by=OPERATOR, at=NOON
    )
    kept.agreement.storage.delete(kept.agreement.name)

    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:agreement", args=[kept.key]))

    assert page.status_code == 404


# Bodies ------------------------------------------------------------------------------------------
def test_a_vacant_chair_is_filled_from_the_bodys_page(at_desk, workshop):
    client, board = at_desk(Role.SECRETARIAT), talks.body()
    where = reverse("workspace:seat-new", args=[board.slug])
    page = client.get(reverse("workspace:body", args=[board.slug])).content.decode()

    client.post(
        where,
        {
            "actor": workshop.slug,
            "role": "chair",
            "person": "",
            "valid_from": timezone.localdate().isoformat(),
            "valid_to": "",
        },
    )
    filled = client.get(reverse("workspace:body", args=[board.slug])).content.decode()

    assert f"{where}?role=chair" in page
    assert f"{where}?role=chair" not in filled
    assert "Eksempel Verksted AS" in filled
    assert "Nobody here. Ask for one when a seat is to be filled." in filled


def test_a_body_is_set_up_in_three_languages(at_desk):
    answer = at_desk(Role.SECRETARIAT).post(
        reverse("workspace:body-new"),
        {
            "name": "Rådet",
            "name_sv": "Rådet",
            "name_en": "The council",
            "kind": "council",
            "purpose": "Gir råd.",
            "visibility": "public",
        },
    )

    assert answer.url == reverse("workspace:body", args=["radet"])
