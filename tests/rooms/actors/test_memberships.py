"""Actors belong to the partnership for a time, on terms that are not for everyone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction

from samskap.actors.actions import memberships
from samskap.actors.agreements import LARGEST_AGREEMENT, check_agreement
from samskap.actors.choices import Belonging
from samskap.actors.compute.memberships import history, member, members
from samskap.actors.models import Membership, MembershipKind
from samskap.trust import actions as trust
from samskap.trust import audit
from samskap.trust.access import PUBLIC, Reader, reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role, Standing, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory
from tests.world.papers import CATALOG, PAGE, PAGES, paper, stream
from tests.world.people import NOON, person_with_account, someone
from tests.world.talks import A_PDF, TODAY, membership

pytestmark = pytest.mark.django_db
SECRETARIAT = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)


def facts(**more):
    given = {"kind": MembershipKind.PARTNER, "valid_from": dt.date(2024, 1, 1)}
    return memberships.MembershipFacts(**given | more)


def attach(to, content=A_PDF, name="Avtale.pdf"):
    return memberships.attach_agreement(
        membership=to, content=content, name=name, by=OPERATOR, at=NOON
    )


@pytest.fixture
def files(settings, tmp_path):
    """A place of its own for agreements."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    return tmp_path


def test_what_an_actor_pays_is_told_to_the_secretariat_and_the_auditor_alone():
    firm = ActorFactory()
    membership(firm, contribution_nok=Decimal(87654))
    told = {
        role: member(firm.slug, reader=reader_for(someone(role), on=TODAY), on=TODAY).terms
        for role in Role
    }

    assert {role for role, terms in told.items() if terms is not None} == {
        Role.SECRETARIAT,
        Role.AUDITOR,
    }
    assert told[Role.AUDITOR].contribution_nok == Decimal(87654)
    own = reader_for(someone(Role.PARTNER_REPRESENTATIVE, party=firm.party), on=TODAY)
    assert member(firm.slug, reader=own, on=TODAY).terms is None
    assert "87654" not in str(members(reader=PUBLIC, on=TODAY))


def test_the_trail_says_that_a_contribution_changed_and_not_what_it_is():
    kept = membership(ActorFactory(), contribution_nok=Decimal(87654))
    memberships.edit_membership(
        membership=kept,
        facts=facts(contribution_nok=Decimal(43210), visibility=Visibility.PUBLIC),
        by=OPERATOR,
        at=NOON,
    )

    edited, started = audit.history_of(kept)

    assert edited.changes == {"contribution_nok": []}
    assert started.changes["contribution_nok"] == []
    assert "87654" not in str(started.changes)


def test_an_actor_belongs_in_one_way_at_a_time():
    firm = ActorFactory()
    membership(firm)

    with pytest.raises(ValidationError) as refused:
        membership(firm, kind=MembershipKind.OBSERVER, valid_from=dt.date(2025, 1, 1))

    assert refused.value.messages == [
        (
            "This actor is a partner or an observer already in that time. "
            "End that first, or choose other days."
        )
    ]


def test_one_that_ended_is_a_former_partner_and_one_that_changed_kind_has_been_here_all_along():
    gone, changed = ActorFactory(named="Alfa"), ActorFactory(named="Beta")
    coming = ActorFactory(named="Gamma")
    membership(gone, valid_to=dt.date(2025, 1, 1))
    membership(changed, kind=MembershipKind.OBSERVER, valid_to=dt.date(2025, 6, 1))
    membership(changed, valid_from=dt.date(2025, 6, 1))
    membership(coming, valid_from=dt.date(2027, 1, 1))

    told = [
        (str(each.actor.name), each.belonging, each.since)
        for each in members(reader=PUBLIC, on=TODAY)
    ]

    assert told == [
        ("Alfa", Belonging.FORMER, dt.date(2024, 1, 1)),
        ("Beta", Belonging.PARTNER, dt.date(2024, 1, 1)),
        ("Gamma", Belonging.COMING, dt.date(2027, 1, 1)),
    ]
    assert [each.kind for each in history(changed.slug, reader=PUBLIC, on=TODAY)] == [
        MembershipKind.PARTNER,
        MembershipKind.OBSERVER,
    ]


def test_a_membership_ends_on_a_day_and_one_that_never_began_is_taken_back():
    kept, mistaken = membership(ActorFactory()), membership(ActorFactory())

    memberships.end_membership(
        membership=kept, on=dt.date(2026, 12, 31), by=OPERATOR, at=NOON, reason="Sagt opp"
    )
    gone = memberships.end_membership(
        membership=mistaken, on=dt.date(2024, 1, 1), by=OPERATOR, at=NOON
    )

    assert gone is None
    assert list(Membership.objects.values_list("valid_to", flat=True)) == [dt.date(2026, 12, 31)]
    assert AuditEntry.objects.get(verb="membership.ended").reason == "Sagt opp"
    assert AuditEntry.objects.filter(verb="membership.taken-back").count() == 1
    with pytest.raises(ValidationError) as refused:
        memberships.end_membership(membership=kept, on=dt.date(2027, 1, 1), by=OPERATOR, at=NOON)
    assert refused.value.message_dict == {"on": ["It ends by then already. Choose an earlier day."]}


def test_one_organisations_membership_is_that_organisations_to_see():
    firm = ActorFactory()
    membership(firm, visibility=Visibility.PARTY)
    own = reader_for(someone(Role.COMPANY_MEMBER, party=firm.party), on=TODAY)
    other = reader_for(someone(Role.COMPANY_MEMBER), on=TODAY)

    assert member(firm.slug, reader=own, on=TODAY) is not None
    assert member(firm.slug, reader=other, on=TODAY) is None


def test_who_represents_comes_before_who_substitutes():
    firm = ActorFactory()
    membership(firm)
    for name, is_substitute in (("Anne Vara", True), ("Berit Fast", False)):
        trust.give_mandate(
            person=person_with_account(f"{name.split()[0]}@p.example", name=name),
            party=firm.party,
            capacity=Role.PARTNER_REPRESENTATIVE,
            standing=Standing.ELECTED,
            is_substitute=is_substitute,
            valid_from=dt.date(2024, 1, 1),
            by=OPERATOR,
            at=NOON,
        )

    told = member(firm.slug, reader=SECRETARIAT, on=TODAY).representatives

    assert [(each.name, each.is_substitute, each.standing) for each in told] == [
        ("Berit Fast", False, Standing.ELECTED),
        ("Anne Vara", True, Standing.ELECTED),
    ]
    assert member(firm.slug, reader=PUBLIC, on=TODAY).representatives == ()


def test_members_take_as_many_questions_for_three_as_for_one(django_assert_num_queries):
    for count in (1, 3):
        for _each in range(count):
            membership(ActorFactory())
        with django_assert_num_queries(3):
            members(reader=SECRETARIAT, on=TODAY)


def test_an_agreement_is_kept_under_a_name_of_ours_and_given_back_under_its_own(files):
    kept = attach(membership(ActorFactory()), name="C:\\avtaler\\Avtale 2024.PDF")

    assert kept.agreement.name == f"agreements/{kept.key}.pdf"
    assert kept.agreement_name == "Avtale 2024.pdf"
    assert (files / "agreements" / f"{kept.key}.pdf").read_bytes() == A_PDF


@pytest.mark.usefixtures("files")
def test_a_new_agreement_takes_the_old_ones_place(django_capture_on_commit_callbacks):
    kept = attach(membership(ActorFactory()))
    before = kept.agreement.name

    with django_capture_on_commit_callbacks(execute=True):
        kept = attach(kept, content=A_PDF + b"% ny\n", name="Ny avtale.pdf")

    assert not default_storage.exists(before)
    assert kept.agreement.read() == A_PDF + b"% ny\n"
    assert kept.agreement_name == "Ny avtale.pdf"


@pytest.mark.usefixtures("files")
def test_an_agreement_that_is_removed_is_gone_from_the_files(django_capture_on_commit_callbacks):
    kept = attach(membership(ActorFactory()))
    before = kept.agreement.name

    with django_capture_on_commit_callbacks(execute=True):
        memberships.remove_agreement(membership=kept, by=OPERATOR, at=NOON)

    kept.refresh_from_db()
    assert (kept.agreement.name, kept.agreement_name) == ("", "")
    assert not default_storage.exists(before)


def test_an_agreement_of_a_transaction_that_is_undone_leaves_no_file(files):
    kept = attach(membership(ActorFactory()))
    there = {each for each in files.rglob("*") if each.is_file()}

    with transaction.atomic():
        attach(kept, A_PDF + b"% ny\n", "Ny avtale.pdf")
        assert len([each for each in files.rglob("*") if each.is_file()]) == 2
        transaction.set_rollback(True)

    assert {each for each in files.rglob("*") if each.is_file()} == there


@pytest.mark.usefixtures("files")
def test_an_agreement_stays_when_what_would_have_removed_it_is_undone():
    kept = attach(membership(ActorFactory()))

    # Nothing is committed inside a test, so what waits for that never happens.
    memberships.remove_agreement(membership=kept, by=OPERATOR, at=NOON)

    assert default_storage.exists(f"agreements/{kept.key}.pdf")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is not a PDF. Save it as a PDF and choose that."),
        (
            b"PK\x03\x04 a document",
            "This is not a PDF. Save it as a PDF and choose that.",
        ),
        (b"<html>" + A_PDF, "This is not a PDF. Save it as a PDF and choose that."),
        (A_PDF[:40], "The PDF has no end: it was cut off. Save it again and choose it."),
        (
            A_PDF[:9] + b"0" * LARGEST_AGREEMENT + A_PDF[9:],
            "The file is larger than 10 MB. Save it as a smaller PDF.",
        ),
    ],
    ids=["empty", "a document", "a page that looks like one", "cut off", "too large"],
)
def test_what_is_not_an_agreement_is_refused_with_what_to_do(content, said, files):
    kept = membership(ActorFactory())

    with pytest.raises(ValidationError) as refused:
        attach(kept, content=content)

    assert refused.value.messages == [said]
    assert list(files.rglob("*.pdf")) == []


def _of_length(filling: int) -> bytes:
    return paper(CATALOG, PAGES, PAGE, stream(b"0" * filling, ""))


def test_the_largest_agreement_is_ten_megabytes():
    nearly = LARGEST_AGREEMENT - 1_000
    largest = _of_length(nearly + LARGEST_AGREEMENT - len(_of_length(nearly)))

    check_agreement(largest)

    assert len(largest) == LARGEST_AGREEMENT


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_only_the_secretariat_says_who_belongs(role):
    by, kept = someone(role), membership(ActorFactory())

    for act in (
        lambda: memberships.start_membership(actor=ActorFactory(), facts=facts(), by=by, at=NOON),
        lambda: memberships.edit_membership(membership=kept, facts=facts(), by=by, at=NOON),
        lambda: memberships.end_membership(membership=kept, on=TODAY, by=by, at=NOON),
        lambda: memberships.attach_agreement(
            membership=kept, content=A_PDF, name="a.pdf", by=by, at=NOON
        ),
        lambda: memberships.remove_agreement(membership=kept, by=by, at=NOON),
    ):
        with pytest.raises(NotPermittedError):
            act()
