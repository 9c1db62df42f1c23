"""The desk as those who sit at it meet it, in English, which is what the code says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import translation

from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import someone
from tests.world.region import ostfold, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samskap.actors.models import Actor
    from samskap.trust.models import Party, Role, User


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": kept}


@pytest.fixture
def sign_in(request: pytest.FixtureRequest) -> Callable[[User], Client]:
    """Let an account sit at the desk."""
    request.getfixturevalue("db")

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def at_desk(sign_in) -> Callable[..., Client]:
    """Let someone who holds a role sit at the desk."""

    def seated(role: Role | str, party: Party | None = None) -> Client:
        return sign_in(someone(role, party=party))

    return seated


@pytest.fixture
def region(request: pytest.FixtureRequest) -> None:
    """Østfold's places and the partnership, without an actor."""
    request.getfixturevalue("db")
    ostfold()


@pytest.fixture
def workshop(request: pytest.FixtureRequest) -> Actor:
    """A firm in Sarpsborg that everyone may see."""
    request.getfixturevalue("region")
    return ActorFactory(named="Eksempel Verksted AS", slug="eksempel-verksted", place=place("3105"))


@pytest.fixture
def register_source(request: pytest.FixtureRequest):
    """A source to point to."""
    request.getfixturevalue("db")
    return SourceFactory(key="enhetsregisteret")
