"""The directory's selection as a table for a spreadsheet: every row, and what a reader may see."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samskap.actors import queries, rules
from samskap.actors.choices import Freshness
from samskap.actors.compute.directory import find_keys
from samskap.actors.compute.lines import sheet_of
from samskap.actors.compute.rows import row_of
from samskap.kernel.workbooks import Sheet, write_csv, write_workbook
from samskap.strategy.keys import FocusAreaKey
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from samskap.actors.compute.rows import DirectoryRow
    from samskap.actors.compute.selection import Selection
    from samskap.actors.models import Actor
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader

_AT_ONCE: Final = 1000
_BETWEEN: Final = "; "


class Column(NamedTuple):
    """A column: its ``key`` never changes, its ``words`` are the reader's."""

    key: str
    words: str


def columns(*, reader: Reader) -> tuple[Column, ...]:
    """Return the columns of the table; the last two are for the desk."""
    everyone = (
        Column("slug", _("Key in addresses")),
        Column("name", _("Name")),
        Column("official_name", _("Name in the register")),
        Column("organisation_number", _("Organisation number")),
        Column("country", _("Country")),
        Column("kind", _("Kind of organisation")),
        Column("factors", _("The five factors")),
        Column("side", _("Side in working life")),
        Column("place_code", _("Code of the place")),
        Column("place", _("Place")),
        Column("focus_areas", _("Focus areas")),
        Column("industry_codes", _("Codes of industry")),
        Column("size", _("Size")),
        Column("employees", pgettext("fact of an actor", "Employees")),
        Column("membership", _("Membership")),
        Column("status", _("Status")),
        Column("description", _("What it does")),
        Column("web", _("Web page")),
        Column("email", _("E-mail")),
        Column("phone", _("Phone")),
        Column("source", _("Where we have it from")),
        Column("known_since", _("Known since")),
        Column("is_example", _("Invented, as an example")),
    )
    if not rules.may_know_freshness(reader):
        return everyone
    return (
        *everyone,
        Column("visibility", _("Visible to")),
        Column("freshness", _("How fresh it is")),
    )


def exported(
    selection: Selection, *, reader: Reader, region: Region | None, on: date
) -> Iterator[tuple[str, ...]]:
    """Yield a row for everyone that ``selection`` finds, in its order, under ``columns``.

    Codes of industry are as ``SN2007 16.102``; values of a cell that has several stand with a
    semicolon between. What is not known is an empty cell.
    """
    keys, index = find_keys(selection, reader=reader, region=region, on=on)
    seen = queries.actors_seen_by(reader)
    detailed = queries.with_details(seen, reader=reader).prefetch_related(
        "industry_codes", "focus_areas"
    )
    for start in range(0, len(keys), _AT_ONCE):
        together = keys[start : start + _AT_ONCE]
        found = {actor.pk: actor for actor in detailed.filter(pk__in=together)}
        belonging = index.belonging_of(together)
        knows = rules.may_know_freshness(reader)
        for key in filter(found.__contains__, together):
            actor = found[key]
            row = row_of(actor, belonging=belonging[key], knows=knows, on=on)
            yield (*_for_everyone(actor, row), *(_for_the_desk(row) if knows else ()))


def _for_everyone(actor: Actor, row: DirectoryRow) -> tuple[str, ...]:
    sheet = sheet_of(actor)
    line = row.line
    return (
        line.slug,
        str(line.name),
        sheet.official_name,
        line.organisation_number,
        line.country,
        str(line.kind.label),
        _joined([str(factor.label) for factor in line.factors]),
        str(line.side.label) if line.side else "",
        line.place.code,
        str(line.place.name),
        _joined([str(FocusAreaKey(each.focus_area).label) for each in actor.focus_areas.all()]),
        _joined([f"{each.standard} {each.code}" for each in actor.industry_codes.all()]),
        str(row.size.label),
        "" if actor.employees is None else str(actor.employees),
        str(row.belonging.label),
        str(row.status.label),
        str(row.about),
        line.web,
        line.email,
        line.phone,
        str(sheet.source.title) if sheet.source else "",
        actor.known_since.isoformat() if actor.known_since else "",
        _("Yes") if line.is_demo else "",
    )


def _for_the_desk(row: DirectoryRow) -> tuple[str, ...]:
    fresh = Freshness.STALE if row.is_stale else Freshness.FRESH
    return (str(Visibility(row.visibility).label), str(fresh.label))


def _joined(values: Sequence[str]) -> str:
    return _BETWEEN.join(values)


def write(
    file: IO[bytes],
    form: str,
    selection: Selection,
    *,
    reader: Reader,
    region: Region | None,
    on: date,
) -> None:
    """Write the table as ``form``, 'csv' or 'xlsx'; a workbook's second sheet keys its columns."""
    told = columns(reader=reader)
    head = [column.words for column in told]
    rows = exported(selection, reader=reader, region=region, on=on)
    if form == "csv":
        write_csv(file, head, rows)
        return
    keys = Sheet(_("Columns"), [_("Column"), _("Key")], [(each.words, each.key) for each in told])
    write_workbook(file, [Sheet(_("Actors"), head, rows), keys])
