"""The source that stands for what actors tell us themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

from samskap.evidence.actions import register_source
from samskap.evidence.facts import SourceFacts
from samskap.evidence.models import Source
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.text import LocalisedText
from samskap.strategy.queries import the_partnership

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer

TOLD_US: Final = "told-us"


def source_told_us(*, by: Doer, at: datetime) -> Source:
    """Return that source, made the first time it is needed, in the transaction that is open."""
    found = Source.objects.filter(key=TOLD_US).first()
    if found is not None:
        return found
    return register_source(
        facts=SourceFacts(
            key=TOLD_US,
            title=LocalisedText(
                nb="Fortalt oss av aktøren selv",
                sv="Berättat för oss av aktören själv",
                en="Told us by the actor",
            ),
            publisher=_publisher(),
        ),
        by=by,
        at=at,
    )


def _publisher() -> str:
    partnership = the_partnership()
    named = partnership.name.in_language(DEFAULT_LANGUAGE) if partnership else ""
    return named or str(settings.PRODUCT_NAME)
