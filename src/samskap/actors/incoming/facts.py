"""One row of a file on its way in, before the database has seen it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from samskap.kernel.identifiers import Country

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from samskap.actors.facts import CodedIndustry
    from samskap.actors.models import ActorKind
    from samskap.kernel.remark import Remark
    from samskap.kernel.text import LocalisedText
    from samskap.strategy.keys import Factor


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """Where a row says it is: a code of some day, or a name, or both.

    ``is_certain``: the code is a register's, so a municipality that is not among our places is
    known by its county or country instead of being a slip of somebody's hand.
    """

    code: str = ""
    name: str = ""
    country: str = Country.NORWAY
    is_certain: bool = False


@dataclass(slots=True)
class Incoming:
    """What a row says. What it does not say is not in it.

    ``fields`` are those of ``Actor`` by name, but for name, number, country, place, kind and
    factors. ``kind`` and ``factors`` are the row's own word; ``likely_kind`` and ``likely_factors``
    follow from its legal form and codes, and are used for who is new. ``on`` is the day from which
    the file has it. ``faults`` are why it cannot be brought in.
    """

    line: int
    original: Mapping[str, str]
    on: date
    name: str = ""
    number: str = ""
    country: str = Country.NORWAY
    place: SaidPlace | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    codes: tuple[CodedIndustry, ...] = ()
    kind: ActorKind | None = None
    factors: Mapping[Factor, LocalisedText] = field(default_factory=dict)
    likely_kind: ActorKind | None = None
    likely_factors: Mapping[Factor, LocalisedText] = field(default_factory=dict)
    # The number of what it is part of.
    superior: str = ""
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    # It has ended, and is only worth a change of what we know.
    is_gone: bool = False

    @property
    def said_name(self) -> str:
        """The name in the register when there is one, else the name."""
        return str(self.fields.get("official_name") or self.name)


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that could be read: as what, its columns, and its rows to go through once.

    ``mapping`` is our field to the file's column; empty for the register's own files, whose
    columns are known. ``source`` is the key of the source it is, '' when its owner says.
    """

    format: str
    rows: Iterator[Incoming]
    headers: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Remark, ...] = ()
    is_register: bool = False
