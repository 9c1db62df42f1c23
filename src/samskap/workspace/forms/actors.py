"""An actor as it is typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.facts import ActorFacts
from samskap.actors.models import Actor, ActorKind
from samskap.actors.told_us import TOLD_US
from samskap.evidence.facts import PlaceCode
from samskap.evidence.models import Level
from samskap.evidence.queries import places_on, sources_seen_by
from samskap.kernel.identifiers import Country, clean_organisation_number
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Visibility
from samskap.workspace.forms.more_facts import MoreFactsFields, initial_more
from samskap.workspace.forms.widening import AsksBeforeWidening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.forms import BoundField

    from samskap.trust.access import Reader
    from samskap.trust.models import Party

_OTHER_LANGUAGES: Final = tuple(each for each in LANGUAGES if each != DEFAULT_LANGUAGE)


class ActorForm(AsksBeforeWidening, MoreFactsFields):
    """Everything we say of an actor; bokmål is asked for, the other languages may follow."""

    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[
            (Country.NORWAY.value, _("Norway")),
            (Country.SWEDEN.value, _("Sweden")),
        ],
        initial=Country.NORWAY.value,
    )
    organisation_number = forms.CharField(
        label=_("Organisation number"),
        required=False,
        max_length=20,
        help_text=_("Nine digits in Norway, ten in Sweden. Leave it empty if it has none."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    official_name = forms.CharField(
        label=_("Name in the register"),
        required=False,
        max_length=250,
        help_text=_("Only if the register calls it something else."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "\N{EN DASH}"), *ActorKind.choices])
    place = forms.ChoiceField(
        label=_("Place"), help_text=_("Where it works from, or the area it works for.")
    )
    side = forms.ChoiceField(
        label=_("Side in working life"),
        required=False,
        choices=[("", pgettext_lazy("side", "None")), *Side.choices],
    )
    source = forms.ChoiceField(
        label=_("Where we know it from"),
        help_text=_("Others must be able to look it up."),
    )
    changes_source = forms.ChoiceField(
        label=_("Where you know the changes from"),
        required=False,
        help_text=_("It is kept with each field you change."),
    )
    source_note = forms.CharField(label=_("What the source says"), required=False, max_length=500)
    visibility = forms.ChoiceField(label=_("Visible to"), initial=Visibility.SECRETARIAT.value)

    def __init__(
        self, *args: Any, reader: Reader, on: date, actor: Actor | None = None, **kwargs: Any
    ) -> None:
        self.actor, self.day = actor, on
        if actor is not None:
            kwargs.setdefault("initial", _initial(actor))
        super().__init__(*args, **kwargs)
        self._choice("place").choices = _place_choices(on)
        sources = [
            (TOLD_US, _("The actor told us")),
            *((source.key, str(source.title)) for source in sources_seen_by(reader)),
        ]
        self._choice("source").choices = [("", "\N{EN DASH}"), *sources]
        self._choice("changes_source").choices = [("", _("The same source as before")), *sources]
        # One organisation alone is the actor itself, which has no party before it is registered.
        self._choice("visibility").choices = [
            choice
            for choice in Visibility.choices
            if actor is not None or choice[0] != Visibility.PARTY
        ]
        for language in _OTHER_LANGUAGES:
            self.fields[f"name_{language}"] = forms.CharField(
                label=OWN_NAMES[language], required=False, max_length=200
            )
        for factor in Factor:
            self._add_factor(factor)
        self.add_sites(actor, places=self._choice("place").choices)
        if actor is None:
            del self.fields["changes_source"]

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type, tests nothing
        return field

    def _add_factor(self, factor: Factor) -> None:
        self.fields[f"counts_{factor}"] = forms.BooleanField(label=factor.label, required=False)
        self.fields[f"reason_{factor}"] = forms.CharField(
            label=_("Why"), required=False, max_length=300
        )
        for language in _OTHER_LANGUAGES:
            self.fields[f"reason_{factor}_{language}"] = forms.CharField(
                label=OWN_NAMES[language], required=False, max_length=300
            )

    def factor_rows(self) -> Iterator[tuple[Factor, BoundField, BoundField, list[BoundField]]]:
        """Return each factor with its tick, its reason, and the reason in other languages."""
        for factor in Factor:
            yield (
                factor,
                self[f"counts_{factor}"],
                self[f"reason_{factor}"],
                [self[f"reason_{factor}_{language}"] for language in _OTHER_LANGUAGES],
            )

    def other_names(self) -> list[BoundField]:
        """Return the name in the other languages."""
        return [self[f"name_{language}"] for language in _OTHER_LANGUAGES]

    def clean(self) -> dict[str, Any]:
        """Check the number against its country, and that each factor has its reason."""
        typed = super().clean() or {}
        number = typed.get("organisation_number")
        if number:
            try:
                typed["organisation_number"] = clean_organisation_number(
                    number, country=typed.get("country", Country.NORWAY)
                )
            except ValidationError as wrong:
                self.add_error("organisation_number", wrong)
        ticked = [factor for factor in Factor if typed.get(f"counts_{factor}")]
        for factor in ticked:
            if not typed.get(f"reason_{factor}"):
                self.add_error(f"reason_{factor}", _("Say in a sentence why it counts here."))
        if not ticked:
            raise ValidationError(_("Tick at least one factor, and say why it counts there."))
        return typed

    def facts(self) -> ActorFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        country, _separator, code = typed["place"].partition(":")
        visibility = Visibility(typed["visibility"])
        return ActorFacts(
            kind=ActorKind(typed["kind"]),
            name=_text(typed, "name"),
            factors={
                factor: _text(typed, f"reason_{factor}")
                for factor in Factor
                if typed[f"counts_{factor}"]
            },
            place=PlaceCode(code, on=self.day, country=country),
            source=typed["source"],
            country=typed["country"],
            organisation_number=typed["organisation_number"],
            official_name=typed["official_name"],
            side=Side(typed["side"]) if typed["side"] else None,
            source_note=self._source_note(typed["source_note"]),
            # Whoever tries a demonstration invents, whatever they type.
            is_demo=self.actor.is_demo if self.actor else settings.DEMO,
            visibility=visibility,
            visible_to=self._visible_to(visibility),
            more=self.more(country=typed["country"], on=self.day),
        )

    def _visible_to(self, visibility: Visibility) -> Party | None:
        """Keep the one organisation that may see it; it is the actor's own when newly narrowed."""
        if self.actor is None or visibility != Visibility.PARTY:
            return None
        return self.actor.visible_to_party or self.actor.party

    def _source_note(self, typed: str) -> LocalisedText:
        """Keep the note's other languages for as long as nobody changes it."""
        if self.actor is not None and self.actor.source_note.get(DEFAULT_LANGUAGE, "") == typed:
            return self.actor.source_note
        return LocalisedText({DEFAULT_LANGUAGE: typed}) if typed else LocalisedText()


def _text(typed: dict[str, Any], name: str) -> LocalisedText:
    words = {DEFAULT_LANGUAGE: typed[name]}
    words |= {language: typed[f"{name}_{language}"] for language in _OTHER_LANGUAGES}
    return LocalisedText({language: text for language, text in words.items() if text})


def _place_choices(on: date) -> list[Any]:
    counties: dict[str, list[tuple[str, str]]] = {}
    wider: list[tuple[str, str]] = []
    for place in places_on(on).select_related("parent"):
        choice = (f"{place.country}:{place.code}", str(place.name))
        if place.level == Level.MUNICIPALITY:
            counties.setdefault(str(place.parent.name) if place.parent else "", []).append(choice)
        else:
            wider.append(choice)
    return [("", "\N{EN DASH}"), *counties.items(), (_("Wider areas"), wider)]


def _initial(actor: Actor) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "country": actor.country,
        "organisation_number": actor.organisation_number,
        "official_name": actor.official_name
        if actor.official_name != actor.name.in_language(DEFAULT_LANGUAGE)
        else "",
        "kind": actor.kind,
        "place": f"{actor.place.country}:{actor.place.code}",
        "side": actor.side,
        "source": actor.source.key,
        "source_note": actor.source_note.get(DEFAULT_LANGUAGE, ""),
        "visibility": actor.visibility,
    }
    facts |= _spread("name", actor.name)
    facts |= initial_more(actor)
    for row in actor.factors.all():
        facts[f"counts_{row.factor}"] = True
        facts |= _spread(f"reason_{row.factor}", row.reason)
    return facts


def _spread(name: str, text: LocalisedText) -> dict[str, str]:
    spread = {f"{name}_{language}": text.get(language, "") for language in _OTHER_LANGUAGES}
    return {name: text.get(DEFAULT_LANGUAGE, ""), **spread}
