"""The page behind a letter's link: one actor, one answer, no account, and nothing else."""

from __future__ import annotations

import email
import re
from email import policy

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from samskap.actors.actions import ask_actor
from samskap.actors.models import Actor, ConfirmationLetter, FieldOrigin, Suggestion
from samskap.kernel.mail.letters import Letter
from samskap.portal.views import letter
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Visibility
from tests.world.factories import ActorFactory
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def address_of(secret, language):
    with translation.override(language):
        return reverse("portal:letter", args=[secret])


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def verft():
    return ActorFactory(
        named="Verftet AS",
        slug="verftet",
        place=place("3101"),
        email="post@verftet.example",
        phone="69 00 00 00",
        visibility=Visibility.PARTNERS,
    )


@pytest.fixture
def link(verft):
    ask_actor(actor=verft, address_of=address_of, by=OPERATOR, at=timezone.now())
    mail = email.message_from_bytes(bytes(Letter.objects.get().message), policy=policy.default)
    return re.search(r"/nb/\S+", mail.get_content())[0]


def typed(page, **changed):
    body = page.content.decode()
    fields = dict(re.findall(r'<input[^>]*name="([a-z_]+)"[^>]*?value="([^"]*)"', body))
    fields |= dict.fromkeys(re.findall(r'<textarea[^>]*name="([a-z_]+)"', body), "")
    fields |= {
        name: "" for name in re.findall(r'<input[^>]*name="([a-z_]+)"', body) if name not in fields
    }
    fields.pop("csrfmiddlewaretoken", None)
    fields.pop("wants_out", None)
    return fields | changed


def test_page_shows_what_we_say_and_looking_changes_nothing(reader, link):
    before = (AuditEntry.objects.count(), Suggestion.objects.count())

    pages = [reader.get(link) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert typed(pages[0])["phone"] == "69 00 00 00"
    assert (AuditEntry.objects.count(), Suggestion.objects.count()) == before
    assert ConfirmationLetter.objects.get().answered_at is None
    assert FieldOrigin.objects.count() == 0


def test_page_is_kept_by_nobody_told_to_nobody_and_found_by_nobody(reader, link):
    for page in (reader.get(link), reader.post(link, {"name": ""})):
        assert page["Referrer-Policy"] == "same-origin"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in page["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


def test_answer_is_taken_once_and_thanked_with_what_happens_next(reader, verft, link):
    answer = reader.post(link, typed(reader.get(link), phone="69 11 11 11"))

    assert (answer.status_code, answer.url) == (302, "/nb/besvart/corrected/")
    assert reader.get(answer.url).status_code == 200
    suggestion = Suggestion.objects.get()
    assert (suggestion.field, suggestion.after) == ("phone", "69 11 11 11")
    assert Actor.objects.get(pk=verft.pk).phone == "69 00 00 00"
    again = [reader.get(link), reader.post(link, {"name": "X"})]
    assert [page.status_code for page in again] == [410, 410]
    assert Suggestion.objects.count() == 1


def test_confirming_and_asking_to_be_taken_out_are_thanked_each_in_its_own_way(reader, link):
    out = reader.post(link, typed(reader.get(link), wants_out="on"))

    assert out.url == "/nb/besvart/out/"
    assert Suggestion.objects.get().kind == "remove"


# An answer that does not come through -------------------------------------------------------------
HERE = {"origin": "http://testserver"}
SAID = "Vi heter Verftet & Sønn, og har flyttet."


@pytest.mark.parametrize("answers", [403, 500, 429, 410])
def test_answer_that_does_not_come_through_is_given_back(answers, link, monkeypatch):
    reader = Client(enforce_csrf_checks=answers == 403, raise_request_exception=False)
    if answers == 429:
        monkeypatch.setattr(letter, "_ATTEMPTS", {"confirmation-letter": "1/10m/ip"})
    sent = typed(reader.get(link), comment=SAID)
    if answers == 500:
        monkeypatch.delattr(letter.actors, "answer_letter")
    elif answers == 410:
        ConfirmationLetter.objects.update(answered_at=timezone.now())

    page = reader.post(link, sent, headers=HERE)

    assert page.status_code == answers
    assert escape(SAID) in page.content.decode()
    assert Suggestion.objects.count() == 0


def test_answer_that_met_a_fault_of_ours_is_sent_from_the_page_that_says_so(link, monkeypatch):
    reader = Client(raise_request_exception=False)
    sent = typed(reader.get(link), comment=SAID)
    with monkeypatch.context() as patched:
        patched.delattr(letter.actors, "answer_letter")
        page = reader.post(link, sent)

    form = reader.post(link, {**sent, "unsent": "back"})
    answer = reader.post(link, typed(page, comment=SAID))

    assert f'action="{link}"' in page.content.decode()
    assert (form.status_code, answer.status_code) == (200, 302)
    assert escape(SAID) in form.content.decode()
    assert Suggestion.objects.get().comment == SAID


def test_answer_that_is_not_right_comes_back_with_what_was_typed_and_leaves_the_link_open(
    reader, link
):
    page = reader.post(link, typed(reader.get(link), email="ikke en adresse", street="Kaia 1"))

    assert page.status_code == 422
    assert typed(page)["street"] == "Kaia 1"
    assert typed(page)["email"] == "ikke en adresse"
    assert reader.get(link).status_code == 200


def test_made_up_used_and_old_links_all_say_the_same(reader, link):
    ConfirmationLetter.objects.update(expires_at=timezone.now())
    old, made_up = reader.get(link), reader.get(address_of("x" * 43, "nb"))

    assert (old.status_code, made_up.status_code) == (410, 410)
    without_links = [
        re.sub(r'href="[^"]*"|csrf\S+', "", page.content.decode()) for page in (old, made_up)
    ]
    assert without_links[0] == without_links[1]
    assert "Verftet" not in without_links[0]


def test_link_opens_nothing_else(reader, verft, link):
    reader.get(link)
    reader.post(link, typed(reader.get(link)))

    assert reader.get("/nb/hvem-er-hvem/verftet/").status_code == 404
    assert reader.get("/nb/arbeid/").status_code == 302
    assert settings.SESSION_COOKIE_NAME not in reader.cookies
    assert reader.get(f"/api/v1/actors/{verft.slug}").status_code == 404


def test_page_says_nothing_of_ties_people_or_who_else_may_see_the_actor(reader, verft, link):
    body = reader.get(link).content.decode()

    assert str(verft.key) not in body
    assert "/nb/hvem-er-hvem/verftet/" not in body


def test_whoever_tries_secret_after_secret_is_stopped(reader, link):
    answers = [reader.get(address_of(f"{n:x>43}", "nb")).status_code for n in range(31)]

    assert answers == [410] * 30 + [429]
    assert reader.get(link).status_code == 429


def test_forged_form_from_another_site_is_refused(link):
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post(link, {"name": "X"}).status_code == 403
