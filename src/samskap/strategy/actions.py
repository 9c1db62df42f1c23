"""Bring the region and its strategy in, and publish a version for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.kernel.loading import differences, first_values
from samskap.runtime.problem import ProblemError
from samskap.strategy import rules
from samskap.strategy.models import Partnership, StrategyElement, StrategyVersion, next_label
from samskap.trust import audit
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.strategy.facts import (
        ElementFacts,
        NeighbourFacts,
        Reference,
        RegionFacts,
        StrategyFacts,
        SubRegionFacts,
    )
    from samskap.strategy.models import AdoptionDate
    from samskap.trust.doers import Doer


class OtherPartnershipError(ProblemError):
    """The installation serves another partnership already."""

    def __init__(self, *, serves: str, asked: str) -> None:
        super().__init__(
            _("This installation serves “%(serves)s”, and the file is for “%(asked)s”.")
            % {"serves": serves, "asked": asked},
            _("Give “%(asked)s” an installation of its own: one serves one partnership.")
            % {"asked": asked},
        )


class PublishedNeverChangesError(ProblemError):
    """A published version says something else than the document; it never changes."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("The strategy “%(label)s” is published, and a published version never changes.")
            % {"label": label},
            _("Give the changed strategy a new label, for instance “%(next)s”, and load it again.")
            % {"next": next_label(label)},
        )


class StrategyAlreadyPublishedError(ProblemError):
    """The version was published before."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("The strategy “%(label)s” is published already.") % {"label": label},
            _("Nothing more is needed."),
        )


class NotAdoptedYetError(ProblemError):
    """The version says that it will be adopted later."""

    def __init__(self, label: str, adopted: AdoptionDate) -> None:
        super().__init__(
            _("The strategy “%(label)s” is not adopted yet: its date is %(date)s.")
            % {"label": label, "date": adopted},
            _("Publish it when it is adopted, or correct the date and load it again."),
        )


@transaction.atomic
def load_region(*, facts: RegionFacts, by: Doer, at: datetime) -> Partnership:
    """Say which partnership this installation serves; leaves no trace when nothing differs.

    Raises ``OtherPartnershipError`` when it serves another.
    """
    rules.require(rules.may_load_region, by)
    fields = _region_fields(facts)
    partnership = Partnership.objects.select_for_update().first()
    if partnership is None:
        partnership = Partnership(**fields)
        changes = first_values(fields)
    elif partnership.key != facts.key:
        raise OtherPartnershipError(serves=partnership.key, asked=facts.key)
    else:
        changes = differences(partnership, fields)
        for field, value in fields.items():
            setattr(partnership, field, value)
    if changes:
        partnership.full_clean()
        partnership.save()
        audit.record("region.loaded", about=partnership, by=by, at=at, changes=changes)
    return partnership


@transaction.atomic
def load_strategy(*, facts: StrategyFacts, by: Doer, at: datetime) -> StrategyVersion:
    """Keep the strategy as a draft under its label; leaves no trace when nothing differs.

    A draft of the same label is written over. Raises ``PublishedNeverChangesError`` when the label
    is that of a published version which says something else.
    """
    rules.require(rules.may_load_strategy, by)
    version = StrategyVersion.objects.select_for_update().filter(label=facts.label).first()
    before = version.digest if version else None
    if version is not None and before == facts.digest:
        return version
    if version is not None and version.is_published:
        raise PublishedNeverChangesError(facts.label)
    version = _write_version(version or StrategyVersion(label=facts.label), facts)
    _write_elements(version, facts.elements)
    changes = {"digest": [before, facts.digest]}
    audit.record("strategy.loaded", about=version, by=by, at=at, changes=changes)
    return version


@transaction.atomic
def publish_strategy(*, version: StrategyVersion, by: Doer, at: datetime) -> StrategyVersion:
    """Show a version to everyone, for good: from now on it never changes.

    Raises ``StrategyAlreadyPublishedError`` when it was published before, and
    ``NotAdoptedYetError`` when the adoption it tells of has not been.
    """
    rules.require(rules.may_publish_strategy, by)
    version = StrategyVersion.objects.select_for_update().get(pk=version.pk)
    if version.is_published:
        raise StrategyAlreadyPublishedError(version.label)
    if version.adopted_on.earliest > timezone.localdate(at):
        raise NotAdoptedYetError(version.label, version.adopted_on)
    version.published_at, version.visibility = at, Visibility.PUBLIC
    version.full_clean()
    version.save(update_fields=["published_at", "visibility"])
    audit.record("strategy.published", about=version, by=by, at=at)
    return version


def _region_fields(facts: RegionFacts) -> dict[str, Any]:
    return {
        "key": facts.key,
        "name": facts.name,
        "short_name": facts.short_name,
        "region_name": facts.region_name,
        "host": facts.host,
        "contact": facts.contact,
        "languages": list(facts.languages),
        "default_language": facts.default_language,
        "home_country": facts.home_country,
        "home_place": facts.home_place,
        "municipalities": list(facts.municipalities),
        "sub_regions": [_sub_region(each) for each in facts.sub_regions],
        "neighbours": [_neighbour(each) for each in facts.neighbours],
    }


def _sub_region(facts: SubRegionFacts) -> dict[str, Any]:
    return {
        "key": facts.key,
        "name": dict(facts.name),
        "municipalities": list(facts.municipalities),
    }


def _neighbour(facts: NeighbourFacts) -> dict[str, Any]:
    return {
        "key": facts.key,
        "name": dict(facts.name),
        "country": facts.country,
        "places": list(facts.places),
    }


def _write_version(version: StrategyVersion, facts: StrategyFacts) -> StrategyVersion:
    version.title, version.source = facts.title, facts.source
    version.first_year, version.last_year = facts.first_year, facts.last_year
    version.adopted, version.digest = facts.adopted, facts.digest
    version.full_clean()
    version.save()
    return version


def _write_elements(version: StrategyVersion, elements: tuple[ElementFacts, ...]) -> None:
    """Let a draft say ``elements`` and nothing else; nobody points to the rows of a draft."""
    # The parts go before their wholes.
    for element in version.elements.order_by("-position"):
        element.delete()
    written: dict[Reference, StrategyElement] = {}
    for position, facts in enumerate(elements):
        element = StrategyElement(
            version=version,
            kind=facts.kind,
            key=facts.key,
            parent=written[facts.parent] if facts.parent else None,
            position=position,
            title=facts.title,
            body=facts.body,
            attributes=dict(facts.attributes),
        )
        element.clean_fields()
        element.save(force_insert=True)
        written[facts.reference] = element
