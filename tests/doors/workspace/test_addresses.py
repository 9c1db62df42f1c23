"""No actor can take an address that is somebody else's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLPattern
from django.utils import translation

from samskap.actors.models.actor import RESERVED_SLUGS
from samskap.kernel.languages import LANGUAGES
from samskap.portal import urls as portal
from samskap.workspace import urls as workspace
from tests.world.factories import ActorFactory


def words_beside_an_actor() -> set[str]:
    """Return what stands where an actor's key does, in every language."""
    words = set()
    for language in LANGUAGES:
        with translation.override(language):
            for door in (portal, workspace):
                patterns = [each for each in door.urlpatterns if isinstance(each, URLPattern)]
                routes = {each.name: str(each.pattern) for each in patterns}
                beside = routes["actor"].partition("<")[0]
                here = [route for route in routes.values() if route.startswith(beside)]
                words |= {each.removeprefix(beside).partition("/")[0] for each in here} - {""}
    return {word for word in words if "<" not in word}


def test_every_word_that_stands_beside_an_actors_key_is_reserved():
    assert words_beside_an_actor() == RESERVED_SLUGS


@pytest.mark.django_db
def test_an_actor_called_as_an_address_of_ours_is_refused():
    actor = ActorFactory(slug="nettverk-2")
    actor.slug = "nettverk"

    with pytest.raises(ValidationError, match="An address of ours has this name"):
        actor.clean()
