"""Whoever is to be told can be written to, when the region folder says where."""

from __future__ import annotations

import dataclasses

import pytest
from django.urls import reverse

from samskap.strategy.actions import load_region
from samskap.strategy.reading import check_path
from samskap.trust.doers import OPERATOR
from tests.world.region import FOLDER, NOON
from tests.world.region import partnership as facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strategy")]
LINK = '<a href="mailto:post@partnerskap.example">post@partnerskap.example</a>'


def page(reader, name):
    return reader.get(reverse(f"portal:{name}")).content.decode()


@pytest.mark.parametrize(
    ("name", "times"), [("home", 1), ("about", 2), ("privacy", 2), ("accessibility", 2)]
)
def test_the_address_stands_at_the_foot_and_where_the_reader_is_asked_to_write(name, times, reader):
    said = dataclasses.replace(facts(), contact="post@partnerskap.example")
    load_region(facts=said, by=OPERATOR, at=NOON)

    assert page(reader, name).count(LINK) == times


@pytest.mark.parametrize("name", ["home", "about", "privacy", "accessibility"])
def test_no_address_is_made_up(name, reader):
    assert "mailto:" not in page(reader, name)


@pytest.mark.parametrize(
    ("contact", "faults"), [("post@partnerskap.example", 0), ("ring oss", 1), ("a@b", 1)]
)
def test_the_folder_names_an_address_that_can_be_one(contact, faults, tmp_path):
    for name in ("region.yaml", "places.yaml", "strategy.yaml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    with (tmp_path / "region.yaml").open("a", encoding="utf-8") as file:
        file.write(f'\ncontact: "{contact}"\n')

    assert len(check_path(tmp_path)) == faults
