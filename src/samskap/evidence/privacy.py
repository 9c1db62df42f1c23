"""What this room keeps about people: nothing but what a text about a source may say."""

from __future__ import annotations

from typing import Final

from samskap.kernel.personal import Erased, Personal, RoomPrivacy, Table, each, fields

_TEXT: Final = Personal("texts", Erased.STRUCK, tells_who=False)

PRIVACY: Final = RoomPrivacy(
    tables=(
        Table(
            "evidence.Source",
            impersonal=fields("id visibility visible_to_party key year licence retrieved_on"),
            personal=each(fields("title publisher url"), _TEXT),
        ),
        Table(
            "evidence.Place",
            impersonal=fields(
                "id key valid_from valid_to country code level parent name sort_key latitude"
                " longitude source members predecessors"
            ),
        ),
        Table("evidence.Place_members", impersonal=fields("id from_place to_place")),
        Table("evidence.Place_predecessors", impersonal=fields("id from_place to_place")),
        Table(
            "evidence.Boundary",
            impersonal=fields("id key place geometry area_km2 source fetched_on"),
        ),
        Table("evidence.Neighbour", impersonal=fields("id key one other source")),
        Table("evidence.Handover", impersonal=fields("id key predecessor successor share source")),
    ),
)
