"""What is too large or no file at all is answered with a sentence, and what was typed is kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import Actor, ContactEntry, ImportRun, Membership
from samskap.trust.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
ELEVEN_MB = "a" * 11_000_000


@pytest.mark.parametrize("kind", [MULTIPART_CONTENT, "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(("where", "field"), [("actor-new", "name"), ("talk-new", "text")])
def test_a_form_of_more_than_we_take_is_refused_in_words(where, field, kind, at_desk):
    client = at_desk(Role.SECRETARIAT)
    body = {field: ELEVEN_MB} if kind == MULTIPART_CONTENT else f"{field}={ELEVEN_MB}"

    page = client.post(reverse(f"workspace:{where}"), body, content_type=kind)

    assert page.status_code == 413
    assert "That was more than we can take" in page.content.decode()
    assert "Go back: what you wrote is still there." in page.content.decode()
    assert (Actor.objects.count(), ContactEntry.objects.count()) == (0, 0)


def test_a_body_that_breaks_off_is_refused_in_words(at_desk):
    client = at_desk(Role.SECRETARIAT)

    page = client.post(
        reverse("workspace:imports"),
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nnavn',
        content_type="multipart/form-data; boundary=",
    )

    assert page.status_code == 400
    assert "We did not understand" in page.content.decode()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({}, "Fill this in."),
        ({"file": SimpleUploadedFile("tom.csv", b"")}, "The submitted file is empty."),
        ({"file": "navn;kommune"}, "Fill this in."),
    ],
)
def test_an_import_without_a_file_keeps_what_was_typed(file, says, at_desk):
    client = at_desk(Role.SECRETARIAT)

    page = client.post(reverse("workspace:imports"), {"file_on": "2026-02-03", **file})

    assert page.status_code == 422
    assert says in page.content.decode()
    assert 'value="2026-02-03"' in page.content.decode()
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n" + b"x" * 10_000_000, "The file is larger than 10 MB."),
        (b"<html>Avtale</html>", "This is not a PDF."),
        (b"%PDF-1.7\n1 0 obj", "The PDF has no end: it was cut off."),
    ],
)
def test_a_bad_agreement_keeps_the_terms_and_leaves_no_file(  # noqa: PLR0917 - fixtures
    content, says, at_desk, workshop, settings, tmp_path
):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    client = at_desk(Role.SECRETARIAT)
    today = timezone.localdate().isoformat()
    typed = {
        "kind": "partner",
        "valid_from": today,
        "contribution_nok": "50 000",
        "visibility": "public",
        "agreement": SimpleUploadedFile("avtale.pdf", content),
    }

    page = client.post(reverse("workspace:membership-new", args=[workshop.slug]), typed)

    assert page.status_code == 422
    assert says in page.content.decode()
    assert 'value="50 000"' in page.content.decode()
    assert f'value="{today}"' in page.content.decode()
    assert Membership.objects.count() == 0
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
