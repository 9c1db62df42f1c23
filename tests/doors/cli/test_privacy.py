"""`samskap privacy`: what is held about people, told at the machine."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner
from django.utils import timezone

from samskap.cli.main import cli
from samskap.kernel.models import Letter
from samskap.trust.privacy import registry
from tests.world import talks
from tests.world.factories import ActorFactory

pytestmark = pytest.mark.django_db


def privacy(*arguments: str):
    return CliRunner().invoke(cli, ["privacy", *arguments])


def test_the_record_of_processing_is_written_for_people_and_for_programs():
    page = privacy("record")
    data = privacy("record", "--json")

    assert (page.exit_code, data.exit_code) == (0, 0)
    assert page.output.startswith("# Record of processing\n")
    told = json.loads(data.output)
    assert [each["key"] for each in told["activities"]] == list(registry.activities())


def test_a_contact_without_an_account_gets_what_is_held_by_address_or_key():
    contact = talks.contact(ActorFactory(), "Ola Vik", email="ola@vik.example")

    answers = [privacy("export", who) for who in ("OLA@vik.example", str(contact.key))]

    for answer in answers:
        (table,) = json.loads(answer.output)["tables"]
        assert table["table"] == "actors.Contact"
        assert table["rows"][0]["name"] == "Ola Vik"


def test_who_is_not_here_is_told_so():
    answer = privacy("export", "ingen@vik.example")

    assert answer.exit_code == 1
    assert "Nothing is held about ingen@vik.example." in answer.output


def test_retention_tells_what_would_go_before_it_goes():
    old = timezone.now() - dt.timedelta(days=31)
    Letter.objects.create(sender="a@x.example", queued_at=old)

    dry, left = privacy("retention", "--dry-run"), Letter.objects.count()
    done = privacy("retention")

    says = "      1  Letters are deleted thirty days after they were written."
    assert says in dry.output
    assert dry.output.endswith("1 would go. Nothing is touched.\n")
    assert left == 1
    assert says in done.output
    assert done.output.endswith("1 went.\n")
    assert Letter.objects.count() == 0
