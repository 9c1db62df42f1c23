"""What hangs on an actor in rows of its own: focus areas, codes of industry, and sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.actors.facts import CodedIndustry
from samskap.actors.models import ActorFocusArea, IndustryCode
from samskap.actors.siting import keep_sites, site_changes

if TYPE_CHECKING:
    from samskap.actors.facts import MoreFacts
    from samskap.actors.models import Actor


def classification_changes(
    actor: Actor, more: MoreFacts, *, is_new: bool = False
) -> dict[str, list[Any]]:
    """Return ``[before, after]`` of the focus areas, the codes and the sites that change.

    One that ``is_new`` had none before.
    """
    changes: dict[str, list[Any]] = {}
    if more.focus_areas is not None:
        areas = () if is_new else actor.focus_areas.order_by("focus_area")
        now, then = [row.focus_area for row in areas], sorted(map(str, more.focus_areas))
        if now != then:
            changes["focus_areas"] = [now, then]
    if more.industry_codes is not None:
        codes = actor.industry_codes.order_by("position", "id").values_list("standard", "code")
        before = [] if is_new else [list(code) for code in codes]
        after = [list(code) for code in more.industry_codes]
        if before != after:
            changes["industry_codes"] = [before, after]
    if more.sites is not None:
        changes |= site_changes(actor, more.sites)
    return changes


def classify(actor: Actor, more: MoreFacts, *, is_new: bool = False) -> dict[str, list[Any]]:
    """Let ``actor`` have the focus areas, codes and sites that ``more`` names; return what changed.

    Raises ``ValidationError`` when a code or a number is none.
    """
    changes = classification_changes(actor, more, is_new=is_new)
    if "focus_areas" in changes:
        if not is_new:
            actor.focus_areas.all().delete()
        for area in changes["focus_areas"][1]:
            _keep(ActorFocusArea(actor=actor, focus_area=area))
    if "industry_codes" in changes:
        if not is_new:
            actor.industry_codes.all().delete()
        for position, code in enumerate(map(CodedIndustry._make, changes["industry_codes"][1]), 1):
            _keep(
                IndustryCode(
                    actor=actor,
                    standard=code.standard,
                    code=code.code,
                    position=position,
                    source=actor.source,
                )
            )
    if "sites" in changes:
        keep_sites(actor, more.sites or ())
    return changes


def _keep(row: ActorFocusArea | IndustryCode) -> None:
    row.full_clean()
    row.save()
