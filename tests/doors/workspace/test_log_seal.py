"""The log at the desk says how far it is sealed, and who is mailed the seal is chosen there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samskap.kernel.models import Letter
from samskap.trust import actions, audit
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import AuditEntry, LogPractice, Party, Role
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def test_the_log_says_how_far_it_is_sealed_and_what_waits(client):
    client.force_login(someone(Role.AUDITOR))
    sealed = Sealer().seal_all()
    audit.record("party.made", about=Party.objects.create(), by=OPERATOR, at=NOON)

    page = client.get(reverse("workspace:log")).content.decode()

    assert f"Sealed up to number {sealed}," in page
    assert "1 entry waits for its seal." in page


def test_the_partners_are_mailed_the_seal_once_somebody_has_said_so(client):
    secretary, partner = someone(Role.SECRETARIAT), someone(Role.PARTNER_REPRESENTATIVE)
    someone(Role.BOARD_MEMBER)
    client.force_login(secretary)
    Sealer().seal_all()
    actions.sign_head(by=OPERATOR, at=NOON)
    before = Letter.objects.count()

    answer = client.post(reverse("workspace:log-practice"), {"mails_heads": "on"})
    actions.sign_head(by=OPERATOR, at=NOON)

    assert answer.status_code == 302
    assert LogPractice.objects.get().mails_heads
    letters = list(Letter.objects.order_by("id"))[before:]
    assert [letter.recipients for letter in letters] == [[partner.email]]
    chosen = AuditEntry.objects.get(verb="log.head-mailing-chosen")
    assert (chosen.by, chosen.changes) == (secretary.pseudonym, {"mails_heads": [False, True]})


def test_a_choice_that_was_made_already_leaves_no_trace(client):
    client.force_login(someone(Role.ADMINISTRATOR))

    client.post(reverse("workspace:log-practice"), {})

    assert AuditEntry.objects.filter(verb="log.head-mailing-chosen").count() == 0
