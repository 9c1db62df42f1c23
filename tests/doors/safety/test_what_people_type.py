"""What people type is text, wherever it goes: never markup, script, pattern, format or question."""

from __future__ import annotations

import html
import re
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from samskap.actors.models import Actor, Membership
from samskap.trust.models import Role
from tests.doors.portal.pages import PAGES
from tests.world import talks
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import someone
from tests.world.region import ostfold, place

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script><b onmouseover=x>\"'&"
FORMATS = "%s %(x)s {0} {x} {{ x }} {% now 'Y' %} ${x}"
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|COPY)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.DATA = tmp_path
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": kept}
    with translation.override("en"):
        yield


@pytest.fixture
def region():
    ostfold()


@pytest.fixture
def secretariat():
    client = Client()
    client.force_login(someone(Role.SECRETARIAT))
    return client


def named(name):
    return ActorFactory(named=name, slug="en-bedrift", place=place("3105"))


def searched(text):
    return Client().get(reverse("portal:directory"), {"q": text})


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("door", ["portal:actor", "workspace:actor", "workspace:actor-edit"])
def test_what_people_type_is_shown_as_they_typed_it_and_never_as_markup(door, secretariat):
    actor = named(MARKUP)

    body = secretariat.get(reverse(door, args=[actor.slug])).content.decode()

    assert "<script>alert" not in body
    assert "<b onmouseover" not in body
    assert MARKUP in html.unescape(body)


@pytest.mark.usefixtures("region")
def test_what_was_searched_for_is_shown_and_never_as_markup():
    body = searched(MARKUP).content.decode()

    assert "<script>alert" not in body
    assert MARKUP in html.unescape(body)


@pytest.mark.usefixtures("region")
def test_signs_that_format_are_shown_as_they_are(secretariat):
    actor = named(FORMATS)

    for door in ("portal:actor", "workspace:actor"):
        assert FORMATS in html.unescape(
            secretariat.get(reverse(door, args=[actor.slug])).content.decode()
        )


@pytest.mark.usefixtures("region")
def test_an_address_is_read_once_and_not_once_more():
    body = Client().get(f"{reverse('portal:directory')}?q=100%2525").content.decode()

    assert 'value="100%25"' in body


@pytest.mark.usefixtures("region")
def test_what_is_given_to_scripts_cannot_end_them():
    named("</script><script>alert(1)</script>")

    page = Client().get(reverse("portal:network")).content.decode()
    told = Client().get("/api/v1/network?lang=nb")

    assert "</script><script>alert" not in page
    assert told.headers["Content-Type"].startswith("application/json")
    assert told.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    "question",
    ["' OR 1=1 --", "'; DROP TABLE actors_actor; --", "\\'; SELECT 1; --", "%' OR '1'='1"],
)
def test_a_search_is_never_read_as_a_question_to_the_database(question):
    named("Eksempel Verksted AS")

    answer = searched(question)

    assert answer.status_code == 200
    assert "Eksempel Verksted AS" not in answer.content.decode()
    assert Actor.objects.count() == 1


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("pattern", ["[A-Z]+ [A-Z]+", "V.{7}d|x", "a{99999}"])
def test_signs_with_a_meaning_in_patterns_are_searched_for_as_they_are(pattern):
    named("Eksempel Verksted AS")

    answer = searched(pattern)

    assert answer.status_code == 200
    assert "Eksempel Verksted AS" not in answer.content.decode()


@pytest.fixture
def typed():
    SourceFactory(key="enhetsregisteret")
    return {
        "name": "Nytt Verksted AS",
        "country": "NO",
        "kind": "company",
        "place": "NO:3105",
        "counts_business": "on",
        "reason_business": "Bygger maskiner.",
        "source": "enhetsregisteret",
        "visibility": "secretariat",
    }


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    "web", ["javascript:alert(1)", "data:text/html,hei", "file:///etc/passwd", "vbscript:x"]
)
def test_a_web_address_of_another_scheme_is_refused(web, secretariat, typed):
    answer = secretariat.post(reverse("workspace:actor-new"), {**typed, "web": web})

    assert answer.status_code == 422
    assert not Actor.objects.exists()


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("number", ["2147483648", "9" * 40, "1e9", "-1", "NaN", "١٢٣٤٥٦٧٨٩٠"])
def test_a_number_too_large_for_the_database_is_refused_in_words(number, secretariat, typed):
    answer = secretariat.post(
        reverse("workspace:actor-new"),
        {**typed, "employees": number, "employees_on": "2026-01-01"},
    )

    assert answer.status_code == 422
    assert number in html.unescape(answer.content.decode())
    assert not Actor.objects.exists()


@pytest.mark.usefixtures("region")
def test_only_the_fields_of_a_form_are_written(secretariat, typed):
    forged = {"is_demo": "on", "key": "00000000-0000-0000-0000-000000000001", "slug": "mitt-navn"}

    answer = secretariat.post(reverse("workspace:actor-new"), {**typed, **forged})

    actor = Actor.objects.get()
    assert answer.status_code == 302
    assert (actor.is_demo, actor.slug) == (False, "nytt-verksted-as")
    assert str(actor.key) != forged["key"]


@pytest.mark.usefixtures("region")
def test_a_parameter_given_twice_does_no_harm(secretariat, typed):
    twice = Client().get(f"{reverse('portal:directory')}?q=Nytt&q=Annet&kind=company&kind=x")
    program = Client().get("/api/v1/actors?limit=1&limit=2")
    body = "&".join(f"{name}={value}" for name, value in typed.items())
    sent = secretariat.post(
        reverse("workspace:actor-new"),
        f"{body}&visibility=public&visibility=secretariat",
        content_type="application/x-www-form-urlencoded",
    )

    assert (twice.status_code, program.status_code, sent.status_code) == (200, 422, 302)
    assert Actor.objects.get().visibility == "secretariat"


@pytest.mark.usefixtures("region")
def test_reading_any_page_changes_nothing():
    reader = Client()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for name, given in PAGES:
            reader.get(reverse(f"portal:{name}", kwargs=given))
        for address in ("/api/v1/actors", "/api/v1/strategy", "/api/v1/network", "/robots.txt"):
            reader.get(address)

    assert [one["sql"] for one in asked if _WRITES.match(one["sql"])] == []


@pytest.mark.usefixtures("region")
def test_every_answer_says_what_it_is_and_in_which_signs():
    told = {
        address: Client().get(address).headers["Content-Type"]
        for address in (
            "/nb/",
            "/nb/finnes-ikke/",
            "/api/v1/actors",
            "/api/v1/finnes-ikke",
            "/api/v1/network.csv",
            "/api/v1/network.graphml",
            "/robots.txt",
            "/static/favicon.svg",
            "/health/live",
        )
    }

    assert told == {
        "/nb/": "text/html; charset=utf-8",
        "/nb/finnes-ikke/": "text/html; charset=utf-8",
        "/api/v1/actors": "application/json; charset=utf-8",
        "/api/v1/finnes-ikke": "application/problem+json",
        "/api/v1/network.csv": "text/csv; charset=utf-8",
        "/api/v1/network.graphml": "application/graphml+xml; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
        "/static/favicon.svg": "image/svg+xml",
        "/health/live": "application/json",
    }


def test_a_program_is_not_led_on_from_http(settings):
    settings.SECURE_SSL_REDIRECT = True

    page, program = Client().get("/nb/"), Client().get("/api/v1/actors?lang=en")

    assert page.status_code == 301
    assert (program.status_code, program.json()["title"]) == (403, "Ask with https")


@pytest.mark.parametrize(
    "address", ["/files/hemmelig.pdf", "/media/hemmelig.pdf", "/static/../files/hemmelig.pdf"]
)
def test_no_address_leads_to_what_was_uploaded(address, settings):
    (settings.DATA / "files").mkdir()
    (settings.DATA / "files" / "hemmelig.pdf").write_bytes(b"%PDF-1.7 hemmelig")

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/.env", "/static/", "/static/assets/", "/static/../../pyproject.toml"],
)
def test_nothing_of_the_source_and_no_list_of_a_folder_is_served(address):
    assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("sent", "given_back"),
    [
        ('avtale".pdf', "avtale.pdf"),
        ("avtale; filename=annen.exe.pdf", "avtale; filename=annen.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("avtåle 2024.pdf", "avtåle 2024.pdf"),
    ],
)
def test_the_name_of_a_file_cannot_break_its_header(sent, given_back, secretariat):
    actor = named("Eksempel Verksted AS")
    terms = {"kind": "partner", "valid_from": "2024-01-01", "visibility": "public"}
    file = SimpleUploadedFile(sent, talks.A_PDF, content_type="application/pdf")
    secretariat.post(
        reverse("workspace:membership-new", args=[actor.slug]), {**terms, "agreement": file}
    )

    answer = secretariat.get(reverse("workspace:agreement", args=[Membership.objects.get().key]))
    read = EmailMessage()
    read["Content-Disposition"] = answer.headers["Content-Disposition"]

    assert (read.get_content_disposition(), read.get_filename()) == ("attachment", given_back)
