"""A sole proprietor is a person, and no actor, whatever way one would come in."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from samskap.kernel.identifiers import FORMS_OF_PERSONS
from tests.world.factories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["ENK", "PERS"])
def test_no_actor_can_have_the_legal_form_of_a_person(form):
    actor = ActorFactory(named="Kari Holm")
    actor.legal_form = form

    with pytest.raises(ValidationError) as refused:
        actor.full_clean()

    assert refused.value.message_dict == {
        "legal_form": [f"A sole proprietor ({form}) is a person, and a person is never an actor."]
    }


def test_the_forms_in_which_one_trades_as_oneself_are_these():
    assert {"ENK", "PERS"} == FORMS_OF_PERSONS


def test_a_firm_may_be_called_after_somebody():
    actor = ActorFactory(named="Kari Holm AS")
    actor.legal_form = "AS"

    actor.full_clean()
