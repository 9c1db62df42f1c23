"""Read the rows of a table as organisations, under columns that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop as _

from samskap.actors.incoming.facts import Incoming, SaidPlace
from samskap.actors.incoming.numbers import PersonsNumberError, WrongNumberError, number_of
from samskap.actors.incoming.reckoning import (
    AS_THE_SOURCE_SAYS,
    likely,
    reason_for,
)
from samskap.actors.incoming.words import (
    codes_said,
    count_said,
    country_said,
    day_said,
    email_said,
    factors_said,
    is_of_a_person,
    kind_said,
    legal_form_said,
    side_said,
    standard_of,
    web_said,
)
from samskap.actors.models import Actor
from samskap.kernel.exporting import plain_cell
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.remark import Remark
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from samskap.kernel.tables import Row, Table

_PLAIN: Final = ("official_name", "phone", "street", "post_town")
_READERS: Final[Mapping[str, tuple[Callable[[str], Any], str]]] = {
    "web": (web_said, _("“%(value)s” is not the address of a web page.")),
    "email": (email_said, _("“%(value)s” is not an e-mail address.")),
    "employees": (count_said, _("“%(value)s” is not a whole number of employees.")),
    "founded_on": (day_said, _("“%(value)s” is not a day. Write it as 2024-05-17.")),
    "side": (side_said, _("“%(value)s” is not a side. Write authority, employer or employee.")),
}
_MUNICIPALITY_DIGITS: Final = 3
_POSTCODE_DIGITS: Final = 4


def rows_of_table(table: Table, mapping: Mapping[str, str], *, on: date) -> Iterator[Incoming]:
    """Return each row of ``table`` as what it says, where ``mapping`` is our field to its column.

    ``on`` is the day the table is from.
    """
    for row in table.rows:
        yield _Reading(row, mapping, on).incoming()


class _Reading:
    """One row under way: its cells by our fields, and what has been made of them."""

    def __init__(self, row: Row, mapping: Mapping[str, str], on: date) -> None:
        self.cells = {
            field: plain_cell(row.values.get(column, "")) for field, column in mapping.items()
        }
        self.mapping = mapping
        self.of_a_person: Remark | None = None
        original = {column: cell for column, cell in row.values.items() if cell}
        self.said = Incoming(line=row.line, original=original, on=on)
        if row.beyond:
            self.fault(
                _(
                    "The row has more cells than there are columns: “%(value)s” is left over. Put "
                    "quotation marks around text with a separator in it."
                ),
                value=", ".join(row.beyond)[:100],
            )

    def fault(self, message: str, **values: object) -> None:
        self.said.faults.append(Remark(message, values))

    def incoming(self) -> Incoming:
        self._country_and_number()
        self._name()
        self._place()
        self._kind_and_form()
        self._fields()
        self._factors()
        return self.said if self.of_a_person is None else self._nothing_of(self.of_a_person)

    def _nothing_of(self, why: Remark) -> Incoming:
        """Return that a person's row stood there and why it is left out, and not a word of it."""
        return Incoming(line=self.said.line, original={}, on=self.said.on, faults=[why])

    def _country_and_number(self) -> None:
        written = self.cells.get("country", "")
        country = country_said(written) if written else None
        if written and country is None:
            self.fault(
                _("“%(value)s” is not Norway or Sweden, the countries we know."), value=written
            )
        try:
            number, where = number_of(
                self.cells.get("organisation_number", ""), country=country or ""
            )
        except PersonsNumberError as wrong:
            self.of_a_person = wrong.remark
        except WrongNumberError as wrong:
            self.said.faults.append(wrong.remark)
            self.said.country = country or Country.NORWAY
        else:
            self.said.number, self.said.country = number, where

    def _name(self) -> None:
        self.said.name = " ".join(self.cells.get("name", "").split())
        if not self.said.name:
            self.fault(_("The row has no name."))

    def _place(self) -> None:
        written = self.cells.get("place", "")
        if not written:
            return
        code = written.removesuffix(".0")
        if code.isdecimal():
            if len(code) == _MUNICIPALITY_DIGITS:
                code = f"0{code}"
            self.said.place = SaidPlace(code=code, country=self.said.country)
        else:
            self.said.place = SaidPlace(name=written, country=self.said.country)

    def _kind_and_form(self) -> None:
        kind, form = self.cells.get("kind", ""), self.cells.get("legal_form", "")
        of_a_person = next(filter(is_of_a_person, (form, kind)), "")
        if of_a_person:
            message = _("A sole proprietor (%(form)s) is a person, and a person is never an actor.")
            self.of_a_person = Remark(message, {"form": of_a_person})
            return
        self.said.kind = kind_said(kind)
        code = legal_form_said(form) or ("" if self.said.kind else legal_form_said(kind))
        if kind and not self.said.kind and not code:
            self.fault(_("“%(value)s” is not a kind of actor that we know."), value=kind)
        if form and not code:
            self.fault(
                _("“%(value)s” is not a legal form. Write its code, such as AS."), value=form
            )
        if code:
            self.said.fields["legal_form"] = code

    def _fields(self) -> None:
        for field, (read, message) in _READERS.items():
            written = self.cells.get(field, "")
            if not written:
                continue
            value = read(written)
            if value in (None, ""):
                self.fault(message, value=written)
            else:
                self.said.fields[field] = value
        for field in _PLAIN:
            if self.cells.get(field):
                self._keep(field, " ".join(self.cells[field].split()))
        postcode = self.cells.get("postcode", "")
        if postcode:
            short = postcode.isdecimal() and self.said.country == Country.NORWAY
            self._keep("postcode", postcode.zfill(_POSTCODE_DIGITS) if short else postcode)
        if self.cells.get("description"):
            self.said.fields["description"] = LocalisedText(
                {DEFAULT_LANGUAGE: self.cells["description"]}
            )
        codes = self.cells.get("industry_codes", "")
        standard = standard_of(self.mapping.get("industry_codes", ""), self.said.country)
        self.said.codes = codes_said(codes, standard)
        if codes and not self.said.codes:
            self.fault(_("“%(value)s” holds no industry code, such as 16.102."), value=codes)

    def _keep(self, field: str, value: str) -> None:
        longest = getattr(Actor._meta.get_field(field), "max_length", None) or len(value)
        if len(value) > longest:
            self.fault(
                _("“%(value)s…” is longer than the %(longest)s letters there is room for."),
                value=value[:40],
                longest=longest,
            )
        self.said.fields[field] = value

    def _factors(self) -> None:
        factors, strange = factors_said(self.cells.get("factors", ""))
        if strange:
            self.fault(_("“%(value)s” is not one of the five factors."), value=", ".join(strange))
        reason = self.cells.get("reason", "")
        why = LocalisedText({DEFAULT_LANGUAGE: reason}) if reason else AS_THE_SOURCE_SAYS
        self.said.factors = dict.fromkeys(factors, why)
        form = str(self.said.fields.get("legal_form", ""))
        kind, factor = likely(form, self.said.codes, factors)
        self.said.likely_kind = kind
        self.said.likely_factors = {factor: reason_for(form, self.said.codes)}
