"""A form that is sent twice is done once, and its sender lands on the right page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import Contact
from samskap.kernel import once
from samskap.kernel.models import Done
from samskap.kernel.privacy import PRIVACY
from samskap.trust.models import AuditEntry, Role
from samskap.ui.unsent import ONCE
from tests.doors.access.forms import form_to
from tests.world.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
TEMPLATES = Path(once.__file__).parent.parent
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL | re.IGNORECASE)


@pytest.fixture
def client(sign_in):
    return sign_in(someone(Role.SECRETARIAT))


@pytest.fixture
def where(workshop):
    return reverse("workspace:contact-new", args=[workshop.slug])


def filled(client, where, **more):
    return form_to(client.get(where), where, where).data | {
        "name": "Kari Sag",
        "source_note": "Kortet",
        **more,
    }


def done():
    entries = AuditEntry.objects.filter(verb="contact.added").count()
    return Contact.objects.count(), entries


def in_words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_form_that_is_sent_twice_is_done_once_and_leads_to_the_same_page(client, where):
    sent = filled(client, where)
    before = done()

    first = client.post(where, sent)
    second = client.post(where, sent, follow=True)

    assert first.status_code == 302
    assert second.redirect_chain == [(first.url, 302)]
    assert "We had this already. Nothing was done twice." in in_words(second)
    assert done() == (before[0] + 1, before[1] + 1)


def test_form_without_a_key_is_done_as_often_as_it_is_sent(client, where):
    sent = filled(client, where)
    del sent[ONCE]
    before = done()

    for _time in range(2):
        client.post(where, sent)

    assert done() == (before[0] + 2, before[1] + 2)
    assert Done.objects.count() == 0


def test_form_sent_again_with_something_else_in_it_comes_back_with_a_new_key(client, where):
    sent = filled(client, where)
    client.post(where, sent)
    before = done()

    page = client.post(where, sent | {"name": "Ola Sag"})

    assert page.status_code == 409
    assert "If you want this too, send it once more." in in_words(page)
    assert done() == before
    again = form_to(page, where, where).data
    assert again["name"] == ["Ola Sag"]
    assert again[ONCE] != sent[ONCE]
    assert client.post(where, again).status_code == 302
    assert done() == (before[0] + 1, before[1] + 1)


def test_form_that_is_refused_comes_back_under_its_key_and_may_be_mended(client, where):
    sent = filled(client, where)
    before = done()

    page = client.post(where, sent | {"name": ""})

    assert page.status_code == 422
    assert Done.objects.count() == 0
    again = form_to(page, where, where).data
    assert again[ONCE] == sent[ONCE]
    assert client.post(where, again | {"name": "Kari Sag"}).status_code == 302
    assert done() == (before[0] + 1, before[1] + 1)


def test_key_of_one_account_is_another_key_for_another(client, where, sign_in):
    sent = filled(client, where)
    client.post(where, sent)
    before = done()

    other = sign_in(someone(Role.SECRETARIAT))
    theirs = filled(other, where) | {ONCE: sent[ONCE]}
    other.post(where, theirs)

    assert done() == (before[0] + 1, before[1] + 1)


def test_what_fails_half_way_leaves_neither_its_work_nor_its_key(client, where, monkeypatch):
    sent = filled(client, where)
    before = done()
    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("samskap.workspace.views.contacts.redirect", lambda *_: 1 / 0)
        page = client.post(where, sent)

    assert page.status_code == 500
    assert (done(), Done.objects.count()) == (before, 0)
    assert client.post(where, sent).status_code == 302
    assert done() == (before[0] + 1, before[1] + 1)


def test_the_row_holds_neither_key_nor_words_and_goes_after_a_day(client, where):
    sent = filled(client, where)
    client.post(where, sent)

    row = Done.objects.get()
    held = f"{row.digest} {row.what} {row.fingerprint} {row.answer}"
    assert row.what == "workspace:contact-new"
    assert sent[ONCE][0] not in held
    assert "Kari" not in held
    rule = next(each for each in PRIVACY.rules if each.key == "once")
    assert list(rule.due(timezone.now())) == []
    assert list(rule.due(timezone.now() + once.KEEP * 2)) == [row]


def test_every_form_that_is_sent_carries_the_key():
    forms = {
        f"{path.name}: {form[:60]}": "{% csrf_token %}" in form
        for path in sorted(TEMPLATES.glob("*/templates/**/*.html"))
        for form in FORM.findall(path.read_text(encoding="utf-8"))
    }

    assert len(forms) > 50
    assert [where for where, has in forms.items() if not has] == []
