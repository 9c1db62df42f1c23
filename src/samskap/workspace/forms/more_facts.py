"""What more may be typed of an actor: how it is reached, what it does, how large, its sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.facts import CodedIndustry, MoreFacts, SiteFacts
from samskap.actors.industries import industry_of
from samskap.actors.models import ActorStatus, CodeStandard
from samskap.evidence.facts import PlaceCode
from samskap.kernel.identifiers import clean_organisation_number
from samskap.strategy.keys import FocusAreaKey
from samskap.ui.forms import Form
from samskap.workspace.forms.fields import add_languages, day_field, spread, text_in_languages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.forms import BoundField

    from samskap.actors.models import Actor, Site

_CODE: Final = re.compile(r"(SNI?20(?:07|25))\s+([A-V]|\d{2}(?:\.\d{1,3})?)")
_EMPTY_SITES: Final = 2
_MOST_SITES: Final = 60
# Numbers and days: an empty one is said to be none, where a text is said to be empty.
_CLEARED: Final = ("latitude", "longitude", "employees", "employees_on", "founded_on")


class MoreFactsFields(Form):
    """The fields that may be left empty, in groups that a page folds away."""

    description = forms.CharField(
        label=_("What it does"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    web = forms.URLField(label=_("Web page"), required=False, max_length=300, assume_scheme="https")
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The organisation’s own address, not a person’s."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    street = forms.CharField(label=_("Street address"), required=False, max_length=250)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    post_town = forms.CharField(label=_("Post town"), required=False, max_length=100)
    latitude = forms.FloatField(
        label=_("Degrees north"), required=False, min_value=-90, max_value=90
    )
    longitude = forms.FloatField(
        label=_("Degrees east"), required=False, min_value=-180, max_value=180
    )
    employees = forms.IntegerField(
        label=_("Number of employees"), required=False, min_value=0, max_value=1_000_000
    )
    employees_on = day_field(_("Counted on"), required=False)
    founded_on = day_field(_("Founded on"), required=False)
    legal_form = forms.CharField(
        label=_("Legal form"),
        required=False,
        max_length=12,
        help_text=_("The register’s code, such as AS or KOMM."),
    )
    status = forms.ChoiceField(
        label=pgettext_lazy("fact of an actor", "Status"),
        required=False,
        choices=ActorStatus.choices,
        initial=ActorStatus.ACTIVE,
    )
    written_norm = forms.ChoiceField(
        label=_("Written norm"),
        required=False,
        choices=[("", "\N{EN DASH}"), ("nb", "Bokmål"), ("nn", "Nynorsk")],
    )
    focus_areas = forms.MultipleChoiceField(
        label=_("Focus areas"),
        required=False,
        choices=FocusAreaKey.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    industry_codes = forms.CharField(
        label=_("Codes of industry"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, the main one first, each after its standard: SN2025 16.102"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_languages(self, "description", max_length=600)
        self.site_rows = 0
        self.own_sites: dict[str, Site] = {}
        self.is_hiding_few = False

    def add_sites(self, actor: Actor | None, *, places: Any) -> None:
        """Give the form a row of fields for each site there is, and two for new ones."""
        sites = list(actor.sites.select_related("place")) if actor else []
        self.own_sites = {site.name: site for site in sites}
        self.is_hiding_few = bool(actor and actor.employees_are_few)
        sent = str(self.data.get("sites", "")) if self.is_bound else ""
        rows = int(sent) if sent.isdecimal() and len(sent) < 4 else len(sites) + _EMPTY_SITES  # noqa: PLR2004
        self.site_rows = min(rows, _MOST_SITES)
        for number in range(self.site_rows):
            site = sites[number] if number < len(sites) else None
            self._add_site(number, site, places)

    def _add_site(self, number: int, site: Site | None, places: Any) -> None:
        told = _site_typed(site) if site else {}
        fields: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("What it is called"), max_length=250),
            "place": forms.ChoiceField(label=_("Place"), choices=places),
            "number": forms.CharField(label=_("Organisation number"), max_length=20),
            "street": forms.CharField(label=_("Street address"), max_length=250),
            "postcode": forms.CharField(label=_("Postcode"), max_length=10),
            "post_town": forms.CharField(label=_("Post town"), max_length=100),
            "employees": forms.IntegerField(
                label=_("Number of employees"), min_value=0, max_value=1_000_000
            ),
        }
        for name, field in fields.items():
            field.required = False
            self.fields[f"site_{number}_{name}"] = field
            self.initial.setdefault(f"site_{number}_{name}", told.get(name, ""))

    def sites(self) -> Iterator[tuple[int, list[BoundField]]]:
        """Return the fields of each site, with its number from one."""
        names = ("name", "place", "street", "postcode", "post_town", "employees", "number")
        for number in range(self.site_rows):
            yield number + 1, [self[f"site_{number}_{name}"] for name in names]

    def other_descriptions(self) -> list[BoundField]:
        """Return the description in the other languages."""
        return [self[name] for name in self.fields if name.startswith("description_")]

    @property
    def reach_opens(self) -> bool:
        """Whether something in the fold about reaching them is wrong."""
        return self._is_wrong("web", "email", "phone", "street", "post", "latitude", "longitude")

    @property
    def what_opens(self) -> bool:
        """Whether something in the fold about what they do is wrong."""
        return self._is_wrong("description", "industry_codes", "focus_areas")

    @property
    def size_opens(self) -> bool:
        """Whether something in the fold about size and age is wrong."""
        return self._is_wrong("employees", "founded_on", "legal_form", "status", "written_norm")

    @property
    def sites_opens(self) -> bool:
        """Whether something in the fold about sites is wrong."""
        return self._is_wrong("site_")

    def _is_wrong(self, *beginnings: str) -> bool:
        return any(name.startswith(beginnings) for name in self.errors)

    def clean_industry_codes(self) -> str:
        """Check that each line is a code of its standard."""
        for line in self.cleaned_data["industry_codes"].splitlines():
            if line.strip() and _coded(line) is None:
                raise ValidationError(
                    _("“%(line)s” is no code we know. Write it as SN2025 16.102.")
                    % {"line": line.strip()}
                )
        return str(self.cleaned_data["industry_codes"])

    def clean(self) -> dict[str, Any]:
        """Check that a point has both its degrees, and that each site has a name and a place."""
        typed = super().clean() or {}
        if (typed.get("latitude") is None) != (typed.get("longitude") is None):
            self.add_error("latitude", _("Write both degrees, or none."))
        for number in range(self.site_rows):
            self._check_site(number, typed)
        return typed

    def _check_site(self, number: int, typed: dict[str, Any]) -> None:
        told = {
            name: typed.get(f"site_{number}_{name}")
            for name in ("name", "place", "number", "street", "postcode", "post_town", "employees")
        }
        if not any(value not in (None, "") for value in told.values()):
            return
        for name in ("name", "place"):
            if not told[name]:
                self.add_error(f"site_{number}_{name}", _("Fill this in, or empty the whole site."))
        if told["number"]:
            try:
                country = str(told["place"] or "NO").partition(":")[0]
                clean_organisation_number(str(told["number"]), country=country)
            except ValidationError as wrong:
                self.add_error(f"site_{number}_number", wrong)

    def more(self, *, country: str, on: date) -> MoreFacts:
        """Return what was typed, once it is valid; codes of places are understood on ``on``."""
        del country
        typed = self.cleaned_data
        cleared = [name for name in _CLEARED if typed[name] is None]
        return MoreFacts(
            legal_form=typed["legal_form"],
            description=text_in_languages(typed, "description"),
            web=typed["web"],
            email=typed["email"],
            phone=typed["phone"],
            street=typed["street"],
            postcode=typed["postcode"],
            post_town=typed["post_town"],
            latitude=typed["latitude"],
            longitude=typed["longitude"],
            employees=typed["employees"],
            # What the register hides is known for as long as nobody types a number.
            employees_are_few=self.is_hiding_few and typed["employees"] is None,
            employees_on=typed["employees_on"],
            founded_on=typed["founded_on"],
            status=ActorStatus(typed["status"] or ActorStatus.ACTIVE),
            written_norm=typed["written_norm"],
            focus_areas=tuple(map(FocusAreaKey, typed["focus_areas"])),
            industry_codes=tuple(
                code for line in typed["industry_codes"].splitlines() if (code := _coded(line))
            ),
            sites=tuple(
                self._site(number, on)
                for number in range(self.site_rows)
                if typed[f"site_{number}_name"]
            ),
            cleared=tuple(cleared),
        )

    def _site(self, number: int, on: date) -> SiteFacts:
        typed = {
            name.removeprefix(f"site_{number}_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"site_{number}_")
        }
        country, _separator, code = typed["place"].partition(":")
        before = self.own_sites.get(typed["name"])
        stays = before is not None and before.street == typed["street"]
        return SiteFacts(
            name=typed["name"],
            place=PlaceCode(code, on=on, country=country),
            organisation_number=typed["number"],
            street=typed["street"],
            postcode=typed["postcode"],
            post_town=typed["post_town"],
            latitude=before.latitude if before and stays else None,
            longitude=before.longitude if before and stays else None,
            employees=typed["employees"],
        )


def initial_more(actor: Actor) -> dict[str, Any]:
    """Return what stands in these fields for ``actor``."""
    plain = (
        "web", "email", "phone", "street", "postcode", "post_town", "latitude", "longitude",
        "employees", "employees_on", "founded_on", "legal_form", "status", "written_norm",
    )  # fmt: skip
    facts = {name: getattr(actor, name) for name in plain}
    facts |= spread("description", actor.description)
    facts["focus_areas"] = [row.focus_area for row in actor.focus_areas.all()]
    facts["industry_codes"] = "\n".join(
        f"{row.standard} {row.code}" for row in actor.industry_codes.all()
    )
    return facts


def _coded(line: str) -> CodedIndustry | None:
    found = _CODE.fullmatch(line.strip())
    if found is None or found[1] not in CodeStandard.values:
        return None
    return CodedIndustry(found[1], found[2]) if industry_of(found[1], found[2]) else None


def _site_typed(site: Site) -> dict[str, Any]:
    return {
        "name": site.name,
        "place": f"{site.place.country}:{site.place.code}",
        "number": site.organisation_number,
        "street": site.street,
        "postcode": site.postcode,
        "post_town": site.post_town,
        "employees": site.employees,
    }
