"""What this room keeps about people: only the secretariat's own address, which may be a person's.

A published strategy is a public document that never changes; what it says of anybody was decided
in the open, and the database refuses to alter it.
"""

from __future__ import annotations

from typing import Final

from samskap.kernel.personal import Erased, Personal, RoomPrivacy, Table, fields

PRIVACY: Final = RoomPrivacy(
    tables=(
        Table(
            "strategy.Partnership",
            impersonal=fields(
                "id key name short_name region_name host languages default_language home_country"
                " home_place municipalities sub_regions neighbours is_only"
            ),
            personal={"contact": Personal("texts", Erased.STRUCK)},
        ),
        Table(
            "strategy.StrategyVersion",
            impersonal=fields(
                "id visibility visible_to_party label title first_year last_year adopted source"
                " digest published_at"
            ),
        ),
        Table(
            "strategy.StrategyElement",
            impersonal=fields("id version kind key parent position title body attributes"),
        ),
    ),
)
