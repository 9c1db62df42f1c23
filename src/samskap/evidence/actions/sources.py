"""Write down where facts come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from samskap.evidence import rules
from samskap.evidence.models import Source
from samskap.kernel.loading import Loaded, differences
from samskap.trust import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from samskap.evidence.facts import SourceFacts
    from samskap.trust.doers import Doer


class UnknownSourceError(LookupError):
    """A place names a source that is neither in the document nor here."""


@transaction.atomic
def register_source(*, facts: SourceFacts, by: Doer, at: dt.datetime) -> Source:
    """Write down where facts come from."""
    rules.require(rules.may_keep_sources, by)
    source = Source(key=facts.key, **_source_fields(facts))
    source.full_clean()
    source.save()
    audit.record("source.registered", about=source, by=by, at=at)
    return source


@transaction.atomic
def edit_source(*, source: Source, facts: SourceFacts, by: Doer, at: dt.datetime) -> Source:
    """Let ``source`` say what ``facts`` say; leaves no trace when it did already."""
    rules.require(rules.may_keep_sources, by)
    changes = differences(source, _source_fields(facts))
    if changes:
        _write(source, _source_fields(facts))
        audit.record("source.edited", about=source, by=by, at=at, changes=changes)
    return source


@transaction.atomic
def load_sources(*, sources: Iterable[SourceFacts], by: Doer, at: dt.datetime) -> Loaded:
    """Bring sources in; run again, it changes only what differs."""
    rules.require(rules.may_keep_sources, by)
    loaded = Loaded()
    for facts in sources:
        source = Source.objects.filter(key=facts.key).first()
        if source is None:
            register_source(facts=facts, by=by, at=at)
            loaded += Loaded(created=1)
        elif differences(source, _source_fields(facts)):
            edit_source(source=source, facts=facts, by=by, at=at)
            loaded += Loaded(changed=1)
        else:
            loaded += Loaded(unchanged=1)
    return loaded


def _write(source: Source, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        setattr(source, field, value)
    source.full_clean()
    source.save()


def _source_fields(facts: SourceFacts) -> dict[str, Any]:
    return {
        "title": facts.title,
        "publisher": facts.publisher,
        "year": facts.year,
        "url": facts.url,
        "licence": facts.licence,
        "retrieved_on": facts.retrieved_on,
        "visibility": facts.visibility,
    }
