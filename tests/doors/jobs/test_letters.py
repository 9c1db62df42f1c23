"""The yearly letter, as the job sends it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from samskap.actors.models import ConfirmationLetter
from samskap.jobs import tasks
from samskap.kernel.mail.letters import Letter
from samskap.trust.models import AuditEntry
from tests.world.factories import ActorFactory

pytestmark = pytest.mark.django_db


def asked(actor, days_ago):
    sent = timezone.now() - dt.timedelta(days=days_ago)
    ConfirmationLetter.objects.create(
        actor=actor, token_digest=f"{actor.pk:064d}", sent_at=sent, expires_at=sent
    )


def test_job_asks_those_who_were_asked_a_year_ago_with_a_link_to_this_site(settings):
    settings.SITE_ADDRESS = "https://samskap.example"
    asked(ActorFactory(email="post@verftet.example"), 366)
    asked(ActorFactory(email="post@nylig.example"), 300)
    ActorFactory(email="post@aldri.example")

    tasks.ask_actors(timestamp=0)
    tasks.ask_actors(timestamp=1)

    letter = Letter.objects.get()
    assert letter.recipients == ["post@verftet.example"]
    assert b"https://samskap.example/nb/svar/" in bytes(letter.message)
    assert [(entry.verb, entry.door) for entry in AuditEntry.objects.all()] == [
        ("letter.sent", "jobs")
    ]
