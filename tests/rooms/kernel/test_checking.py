"""A row knows which of its conditions hold, and leaves to the database what it cannot tell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from samskap.actors.models import Actor, ActorFactor, ActorKind, IndustryCode, Tie, TieKind
from samskap.kernel.checking import CannotTellError, holds
from samskap.kernel.text import LocalisedText
from tests.world.factories import ActorFactory, SourceFactory

DAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (Q(kind="bank"), True),
        (Q(kind="school"), False),
        (~Q(kind="school"), True),
        (Q(kind__in=ActorKind.values), True),
        (Q(kind__in=["school", "other"]), False),
        (Q(latitude__range=(-90, 90)), True),
        (Q(latitude__range=(-90, 59)), False),
        (Q(latitude__gt=59.5), False),
        (Q(latitude__gte=59.5, latitude__lte=59.5), True),
        (Q(employees__isnull=True), True),
        (Q(kind__isnull=True), False),
        (Q(founded_on__lt=DAY), True),
        (Q(founded_on__lt=F("employees_on")), True),
        (Q(kind="school") | Q(side=""), True),
        (~(Q(kind="bank") & Q(side="")), False),
        # Nothing is neither more nor less; with something that decides, it does not matter.
        (Q(employees__gt=4), None),
        (~Q(employees__gt=4), None),
        (Q(employees__gt=4, kind="bank"), None),
        (Q(employees__gt=4, kind="school"), False),
        (Q(employees__gt=4) | Q(kind="bank"), True),
        (Q(longitude__range=(-180, 180)), None),
    ],
)
def test_a_condition_is_told_as_the_database_tells_it(condition, answer):
    actor = Actor(
        kind="bank",
        latitude=59.5,
        founded_on=dt.date(1911, 1, 2),
        employees_on=dt.date(2026, 1, 31),
    )

    assert holds(condition, actor) is answer


@pytest.mark.parametrize(
    "condition",
    [
        Q(slug__regex="^a"),
        Q(slug__lt="b"),
        Q(slug__startswith="a"),
        Q(kind="bank") ^ Q(side=""),
        Q(slug=Length("web")),
        Q(Length("slug")),
    ],
)
def test_what_only_the_database_knows_is_left_to_it(condition):
    with pytest.raises(CannotTellError):
        holds(condition, Actor(kind="bank", slug="a"))


@pytest.mark.django_db
def test_a_row_whose_conditions_hold_asks_nothing_about_them():
    actor = ActorFactory()
    row = ActorFactor(actor=actor, factor="capital", reason=LocalisedText(nb="Låner ut."))

    with CaptureQueriesContext(connection) as asked:
        row.full_clean()

    # Is the actor there, and does it count under that factor already?
    assert len(asked) == 2


@pytest.mark.django_db
def test_every_condition_that_is_broken_is_told():
    one = ActorFactory()
    tie = Tie(
        kind=TieKind.OWNS,
        from_actor=one,
        to_actor=one,
        valid_from=DAY,
        valid_to=DAY,
        source=SourceFactory(),
    )

    with pytest.raises(ValidationError) as refused:
        tie.validate_constraints()

    assert sorted(refused.value.messages) == [
        "A tie ends after the day it begins.",
        "An actor has no tie to itself. Choose another.",
    ]


@pytest.mark.django_db
def test_a_condition_we_cannot_tell_is_asked_of_the_database():
    code = IndustryCode(
        actor=ActorFactory(), standard="SN2007", code="16:10", position=1, source=SourceFactory()
    )

    with pytest.raises(ValidationError):
        code.validate_constraints()
