"""What holds for every answer: who may read it, how long it may be kept, and what changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from jsonschema import Draft202012Validator

from tests.doors.api import world

ADDRESSES = (
    "/api/v1/openapi.json",
    "/api/v1/places",
    "/api/v1/places/3105",
    "/api/v1/actors",
    "/schema/places.json",
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ostfold")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_that_has_not_changed_is_not_sent_again(caller, address):
    first = caller.get(address)
    tag = first.headers["ETag"]

    again = caller.get(address, headers={"if-none-match": tag})
    other = caller.get(address, headers={"if-none-match": '"something-else"'})

    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert (again.content, again.headers["ETag"]) == (b"", tag)
    assert other.content == first.content


def test_an_answer_that_has_changed_is_sent_with_a_new_tag(caller):
    tag = caller.get("/api/v1/actors").headers["ETag"]
    world.actor("verft", "Verft AS")

    again = caller.get("/api/v1/actors", headers={"if-none-match": tag})

    assert again.status_code == 200
    assert again.headers["ETag"] != tag


def test_a_page_with_a_next_one_has_the_same_tag_each_time(caller):
    tags = {caller.get("/api/v1/places?limit=1").headers["ETag"] for _ in range(3)}

    assert len(tags) == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_asking_for_the_head_gives_the_same_without_the_body(caller, address):
    whole, head = caller.get(address), caller.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/nothing", "/api/v1/actors?x=1"])
def test_pages_of_any_site_may_read_it_but_never_with_the_readers_cookies(caller, address):
    answer = caller.get(address, headers={"origin": "https://elsewhere.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_browser_that_asks_first_is_told_it_may_read(caller):
    answer = caller.options(
        "/api/v1/actors",
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_the_pages_of_the_site_are_not_opened_to_other_sites(caller):
    assert "Access-Control-Allow-Origin" not in caller.get("/health/live").headers
    assert "Access-Control-Allow-Origin" not in caller.get("/nb/").headers


@pytest.mark.parametrize("name", ["region", "strategy", "places", "actors"])
def test_the_schemas_of_a_region_folder_are_published_as_the_rooms_have_them(caller, name):
    answer = caller.get(f"/schema/{name}.json")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/schema+json")
    Draft202012Validator.check_schema(answer.json())
    kept = [
        path
        for room in apps.get_app_configs()
        for path in [Path(room.path) / "schema" / f"{name}.schema.json"]
        if path.exists()
    ]
    assert [json.loads(path.read_text(encoding="utf-8")) for path in kept] == [answer.json()]


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_the_documentation_is_a_page_of_ours_in_the_readers_language(caller, language):
    answer = caller.get(reverse("api:docs"), {"lang": language})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert "https://" not in page.replace("https://json-schema.org", "")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/api/", "/api/v1", "/api/v1/"])
def test_whoever_comes_in_by_the_front_is_led_to_the_documentation(caller, address):
    answer = caller.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/api/v1/docs")


def test_the_language_switch_keeps_you_on_the_documentation(caller):
    page = caller.get("/api/v1/docs?lang=sv").content.decode()

    links = re.findall(r'href="([^"]+)"\s+lang="(nb|sv|en)"', page)
    assert set(links) == {(f"/api/v1/docs?lang={each}", each) for each in ("nb", "sv", "en")}


def test_nothing_on_the_documentation_has_the_address_of_something_else(caller):
    ids = re.findall(r'\sid="([^"]+)"', caller.get("/api/v1/docs").content.decode())

    assert [each for each in ids if ids.count(each) > 1] == []


def test_examples_of_what_is_not_loaded_yet_are_left_out(caller):
    page = caller.get("/api/v1/docs").content.decode()

    assert 'href="/api/v1/coverage"' in page
    assert "{municipality}" not in page
    assert 'href="/api/v1/actors/' not in page
