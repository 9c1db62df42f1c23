"""The strategy: what the partnership wants, in every version and every language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from samskap.api import shapes
from samskap.api.answers import answer, reader_of
from samskap.api.parameters import Asked, only_known_parameters
from samskap.api.problems import NOT_FOUND, RefusedError
from samskap.api.shapes import SHAPE
from samskap.strategy.models import ElementKind, Host
from samskap.strategy.models.version import LABEL_PATTERN
from samskap.strategy.queries import (
    current_version,
    elements_of,
    strategies_seen_by,
    the_partnership,
    version_labelled,
)

if TYPE_CHECKING:
    from samskap.strategy import models
    from samskap.trust.access import Reader

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_LONGEST_LABEL: Final = 32
_LABEL: Final = gettext_noop("What the version is called.")
_KIND: Final = gettext_noop("What kind of element it is.")
_KEY: Final = gettext_noop("The key of the element, alone of its kind in the version.")


class Partnership(BaseModel):
    """The partnership that this installation serves."""

    model_config = SHAPE

    key: str = Field(description=gettext_noop("What tells the partnership from every other."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    short_name: shapes.Text = Field(description=gettext_noop("What it is called for short."))
    region_name: shapes.Text = Field(description=gettext_noop("What its region is called."))
    host: Host = Field(
        description=gettext_noop("Whether it works as a public body or as an association.")
    )


class Version(BaseModel):
    """A version of the strategy, without what it says."""

    model_config = SHAPE

    label: str = Field(description=_LABEL)
    title: shapes.Text = Field(description=gettext_noop("What the strategy is called."))
    first_year: int = Field(description=gettext_noop("The first year it is for."))
    last_year: int = Field(description=gettext_noop("The last year it is for."))
    adopted: str = Field(
        description=gettext_noop("The day it was adopted, or the month when we know no day.")
    )
    source: shapes.Text = Field(description=gettext_noop("The document it was read from."))
    published_at: datetime | None = Field(
        description=gettext_noop("When it was published; null while it is a draft.")
    )


class Versions(BaseModel):
    """The versions of the strategy, the one adopted last first."""

    model_config = SHAPE

    items: list[Version] = Field(description=gettext_noop("The versions you may see."))
    count: int = Field(description=gettext_noop("How many they are."))


class Reference(BaseModel):
    """What names an element within its version."""

    model_config = SHAPE

    kind: ElementKind = Field(description=_KIND)
    key: str = Field(description=_KEY)


class Element(BaseModel):
    """One thing the strategy says, with its parts."""

    model_config = SHAPE

    kind: ElementKind = Field(description=_KIND)
    key: str = Field(description=_KEY)
    parent: Reference | None = Field(description=gettext_noop("The element it is a part of."))
    title: shapes.Text = Field(description=gettext_noop("What it is called."))
    body: shapes.Text = Field(description=gettext_noop("What it says."))
    attributes: dict[str, Any] = Field(
        description=gettext_noop(
            "What only some kinds have, by the names of /schema/strategy.json: the kind of a focus"
            " area and whom it serves, the publisher of evidence."
        )
    )
    parts: list[Element] = Field(description=gettext_noop("Its parts, in their order."))


class ElementOfVersion(Element):
    """One thing the strategy says, and the version that says it."""

    version: str = Field(description=gettext_noop("The version that says so."))


class Strategy(Version):
    """A version of the strategy and all that it says, each list in the order of the strategy."""

    partnership: Partnership | None = Field(description=gettext_noop("Whose strategy it is."))
    vision: Element | None = Field(description=gettext_noop("What the partnership sees ahead."))
    mission: Element | None = Field(description=gettext_noop("What it is there to do."))
    purpose: Element | None = Field(
        description=gettext_noop("Why it exists, with what makes it possible and what comes of it.")
    )
    roles: list[Element] = Field(description=gettext_noop("What it is to those around it."))
    values: list[Element] = Field(description=gettext_noop("How it works."))
    focus_areas: list[Element] = Field(
        description=gettext_noop("What it has chosen to work with, with goals and themes.")
    )
    factors: list[Element] = Field(description=gettext_noop("Who makes development together."))
    sides: list[Element] = Field(description=gettext_noop("The sides of working life."))
    principles: list[Element] = Field(description=gettext_noop("What it holds to."))
    neighbours: list[Element] = Field(description=gettext_noop("The regions next door."))
    sub_regions: list[Element] = Field(description=gettext_noop("The parts of the region."))
    evidence: list[Element] = Field(description=gettext_noop("What the strategy rests on."))
    notes: list[Element] = Field(description=gettext_noop("What a reader should know."))


class AskedForElement(Asked):
    """Which version is asked."""

    version: str | None = Field(
        None,
        max_length=_LONGEST_LABEL,
        description=gettext_noop("The version; without it, the one that holds today."),
    )


Label = Annotated[str, Path(pattern=LABEL_PATTERN, max_length=_LONGEST_LABEL, description=_LABEL)]


@router.get(
    "/strategy",
    response=Strategy,
    summary=gettext_noop("The strategy that holds today"),
    description=gettext_noop("All that the strategy says, in every language."),
    openapi_extra={
        "x-may-find-nothing": True,
        "x-examples": [
            {
                "address": "/api/v1/strategy",
                "summary": gettext_noop("The strategy, with its six focus areas"),
            }
        ],
    },
)
def strategy(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001 - ?lang=
    """Answer with the published version that holds today."""
    row = current_version(on=timezone.localdate())
    if row is None:
        raise RefusedError(NOT_FOUND, _("No strategy is published yet."))
    return answer(_strategy(row, reader_of(request)))


@router.get(
    "/strategy/versions",
    response=Versions,
    summary=gettext_noop("Every version"),
    description=gettext_noop("The versions you may see, the one adopted last first."),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/strategy/versions",
                "summary": gettext_noop("The versions there are"),
            }
        ]
    },
)
def strategy_versions(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001
    """Answer with the versions the reader may see."""
    rows = list(strategies_seen_by(reader_of(request)))
    items = [Version(**_version(row)) for row in rows]
    return answer(Versions(items=items, count=len(items)))


@router.get(
    "/strategy/versions/{label}",
    response=Strategy,
    summary=gettext_noop("One version"),
    description=gettext_noop("All that one version says. Once published it never changes."),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/strategy/versions/{version}",
                "summary": gettext_noop("The version that holds today, under its own address"),
            }
        ]
    },
)
def strategy_version(
    request: HttpRequest,
    label: Label,
    asked: Query[Asked],  # noqa: ARG001 - declares ?lang=
) -> HttpResponse:
    """Answer with a version the reader may see."""
    reader = reader_of(request)
    return answer(_strategy(_labelled(label, reader), reader))


@router.get(
    "/strategy/elements/{kind}/{key}",
    response=ElementOfVersion,
    summary=gettext_noop("One thing the strategy says"),
    description=gettext_noop("An element with its parts, of the version of today or another."),
    openapi_extra={
        "x-examples": [
            {
                "address": "/api/v1/strategy/elements/focus-area/green-industry",
                "summary": gettext_noop("The focus area green industry"),
            }
        ]
    },
)
def strategy_element(
    request: HttpRequest,
    kind: Annotated[ElementKind, Path(description=_KIND)],
    key: Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$", description=_KEY)],
    asked: Query[AskedForElement],
) -> HttpResponse:
    """Answer with one element of a version the reader may see."""
    reader = reader_of(request)
    if asked.version is None:
        row = current_version(on=timezone.localdate())
    else:
        row = version_labelled(asked.version, reader=reader)
    if row is None:
        raise Http404
    tree = _Tree(row, reader)
    return answer(tree.one(kind, key))


def _labelled(label: str, reader: Reader) -> models.StrategyVersion:
    row = version_labelled(label, reader=reader)
    if row is None:
        raise Http404
    return row


class _Tree:
    """The elements of a version, each with its parts."""

    def __init__(self, version: models.StrategyVersion, reader: Reader) -> None:
        self.version = version
        self.parts: dict[int | None, list[models.StrategyElement]] = {}
        for row in elements_of(version, reader=reader):
            self.parts.setdefault(row.parent_id, []).append(row)

    def of_kind(self, kind: ElementKind) -> list[Element]:
        """Return the elements of ``kind`` that are no part of another."""
        return [Element(**self._said(row)) for row in self.parts.get(None, ()) if row.kind == kind]

    def first(self, kind: ElementKind) -> Element | None:
        """Return the only element of ``kind``, if it is there."""
        return next(iter(self.of_kind(kind)), None)

    def one(self, kind: ElementKind, key: str) -> ElementOfVersion:
        """Return the element with that kind and key, wherever it stands."""
        for rows in self.parts.values():
            for row in rows:
                if (row.kind, row.key) == (kind, key):
                    return ElementOfVersion(version=self.version.label, **self._said(row))
        raise Http404

    def _said(self, row: models.StrategyElement) -> dict[str, Any]:
        parent = row.parent
        return {
            "kind": ElementKind(row.kind),
            "key": row.key,
            "parent": Reference(kind=ElementKind(parent.kind), key=parent.key) if parent else None,
            "title": shapes.text(row.title),
            "body": shapes.text(row.body),
            "attributes": row.attributes,
            "parts": [Element(**self._said(part)) for part in self.parts.get(row.pk, ())],
        }


def _strategy(row: models.StrategyVersion, reader: Reader) -> Strategy:
    tree = _Tree(row, reader)
    return Strategy(
        **_version(row),
        partnership=_partnership(),
        vision=tree.first(ElementKind.VISION),
        mission=tree.first(ElementKind.MISSION),
        purpose=tree.first(ElementKind.PURPOSE),
        roles=tree.of_kind(ElementKind.ROLE),
        values=tree.of_kind(ElementKind.VALUE),
        focus_areas=tree.of_kind(ElementKind.FOCUS_AREA),
        factors=tree.of_kind(ElementKind.FACTOR),
        sides=tree.of_kind(ElementKind.SIDE),
        principles=tree.of_kind(ElementKind.PRINCIPLE),
        neighbours=tree.of_kind(ElementKind.NEIGHBOUR),
        sub_regions=tree.of_kind(ElementKind.SUB_REGION),
        evidence=tree.of_kind(ElementKind.EVIDENCE),
        notes=tree.of_kind(ElementKind.NOTE),
    )


def _version(row: models.StrategyVersion) -> dict[str, Any]:
    return {
        "label": row.label,
        "title": shapes.text(row.title),
        "first_year": row.first_year,
        "last_year": row.last_year,
        "adopted": row.adopted_on.iso,
        "source": shapes.text(row.source),
        "published_at": row.published_at,
    }


def _partnership() -> Partnership | None:
    row = the_partnership()
    if row is None:
        return None
    return Partnership(
        key=row.key,
        name=shapes.text(row.name),
        short_name=shapes.text(row.short_name),
        region_name=shapes.text(row.region_name),
        host=Host(row.host),
    )
