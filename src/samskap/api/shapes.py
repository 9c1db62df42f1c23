"""What more than one room's answers are made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_noop
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from samskap.evidence.public import PublishedPlace, PublishedSource
    from samskap.kernel.text import LocalisedText

SHAPE: Final = ConfigDict(extra="forbid", frozen=True)


class Text(BaseModel):
    """The same text in each of our languages; null where it is not written."""

    model_config = SHAPE

    nb: str | None = Field(description=gettext_noop("In Norwegian bokmål."))
    sv: str | None = Field(description=gettext_noop("In Swedish."))
    en: str | None = Field(description=gettext_noop("In English."))


class Source(BaseModel):
    """Where a fact comes from."""

    model_config = SHAPE

    key: str = Field(description=gettext_noop("What tells the source from every other."))
    title: Text = Field(description=gettext_noop("What it is called."))
    publisher: str = Field(description=gettext_noop("Who publishes it."))
    year: int | None = Field(description=gettext_noop("The year it is from."))
    url: str | None = Field(description=gettext_noop("Where it can be read."))
    licence: str | None = Field(description=gettext_noop("On which terms it may be used."))
    retrieved_on: date | None = Field(description=gettext_noop("The day we read it."))


class PlaceMark(BaseModel):
    """A place, told apart from every other: a code needs a country and a day."""

    model_config = SHAPE

    key: str = Field(description=gettext_noop("What means it in an address today."))
    country: str = Field(description=gettext_noop("The country, as two letters."))
    code: str = Field(description=gettext_noop("The official code."))
    valid_from: date = Field(description=gettext_noop("The first day the code meant this place."))
    name: Text = Field(description=gettext_noop("What it is called."))


def text(words: LocalisedText) -> Text:
    """Return ``words`` as an object with every language."""
    return Text(nb=words.get("nb") or None, sv=words.get("sv") or None, en=words.get("en") or None)


def source(told: PublishedSource) -> Source:
    """Return a source the reader may see."""
    return Source(
        key=told.key,
        title=text(told.title),
        publisher=told.publisher,
        year=told.year,
        url=told.url or None,
        licence=told.licence or None,
        retrieved_on=told.retrieved_on,
    )


def place_mark(told: PublishedPlace) -> PlaceMark:
    """Return what tells a place from every other."""
    return PlaceMark(
        key=told.key,
        country=told.country,
        code=told.code,
        valid_from=told.valid_from,
        name=text(told.name),
    )
