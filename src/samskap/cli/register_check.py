"""What ``samskap actors verify`` does: hold actors up to the register, or add one from it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import click
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from samskap.actors.models import ActorKind
from samskap.actors.queries import actors_seen_by
from samskap.connectors import enhetsregisteret
from samskap.connectors.enhetsregisteret.load import (
    NotAliveError,
    OtherNameError,
    register_verified,
)
from samskap.evidence.queries import UnknownPlaceError
from samskap.kernel.folding import folded
from samskap.kernel.http import HostNotAllowedError, OutgoingError
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.text import LocalisedText
from samskap.runtime.problem import ProblemError
from samskap.strategy.keys import Factor
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.actors.models import Actor
    from samskap.connectors.enhetsregisteret import RegisteredEntity

Choice = TypeVar("Choice", bound=models.TextChoices)

# The register sets no limit; with more than these we ask at most once a second.
_WITHOUT_PAUSE: Final = 60
_SAME: Final = "same"


@dataclass(frozen=True, slots=True)
class HeldUp:
    """An actor beside what the register says; ``verdict`` is 'same' when nothing differs."""

    organisation_number: str
    name: str
    registered_name: str
    verdict: str

    @property
    def is_well(self) -> bool:
        """Whether the register says what we say."""
        return self.verdict == _SAME

    @property
    def line(self) -> str:
        """What an operator reads."""
        said = f"{self.organisation_number} {self.name}"
        return f"ok     {said}" if self.is_well else f"WRONG  {said}: {self.verdict}"


def held_up(numbers: Sequence[str]) -> list[HeldUp]:
    """Return each actor with one of ``numbers``, or every one with a number, beside the register.

    Invented actors are in no register and are left out.

    Raises
    ------
    ProblemError
        A number is nobody's here, or the register cannot be asked.
    """
    register = enhetsregisteret.the_register()
    known = _known(numbers)
    found = []
    for position, actor in enumerate(known):
        if position and len(known) > _WITHOUT_PAUSE:
            time.sleep(1)
        found.append(_beside(actor, _ask(register, actor.organisation_number)))
    return found


def add_actor(
    number: str,
    *,
    kind: str | None,
    factor: str | None,
    reason: str | None,
    name: str,
    is_sure: bool,
) -> None:
    """Show what the register says of ``number``, and register it when the operator says so.

    Raises
    ------
    ProblemError
        The register cannot be asked, knows nobody, or says something that cannot be registered.
    """
    entity = _ask(enhetsregisteret.the_register(), number)
    if entity is None:
        sentence = f"The register knows nobody with the number {number}."
        raise ProblemError(sentence, "Check the digits. Nothing was changed.")
    where = entity.municipality or "unknown"
    click.echo(f"{entity.number} {entity.name} ({entity.legal_form}), municipality {where}")
    chosen_kind = _chosen(ActorKind, "--kind", "What is it", kind)
    chosen_factor = _chosen(Factor, "--factor", "Which factor does it count under", factor)
    why = reason or click.prompt("Why, in bokmål")
    if not is_sure:
        click.confirm("Register it as a known actor?", abort=True)
    actor = _registered(entity, chosen_kind, {chosen_factor: LocalisedText(nb=why)}, name)
    click.echo(f"Registered as {actor.slug}.")


def _known(numbers: Sequence[str]) -> list[Actor]:
    seen = actors_seen_by(reader_for(OPERATOR, on=timezone.localdate()))
    in_the_register = seen.filter(country=Country.NORWAY, is_demo=False).exclude(
        organisation_number=""
    )
    if not numbers:
        return list(in_the_register)
    known = list(in_the_register.filter(organisation_number__in=numbers))
    unknown = sorted(set(numbers) - {actor.organisation_number for actor in known})
    if unknown:
        raise ProblemError(
            f"No real actor here has the number {', '.join(unknown)}.",
            "Write the digits alone, as samskap actors list does; --add registers a new one.",
        )
    return known


def _beside(actor: Actor, entity: RegisteredEntity | None) -> HeldUp:
    ours = actor.official_name or actor.name.in_language(DEFAULT_LANGUAGE)
    beside = HeldUp(actor.organisation_number, ours, entity.name if entity else "", _SAME)
    if entity is None:
        return replace(beside, verdict="the register knows nobody with this number")
    if entity.deleted_on is not None:
        return replace(beside, verdict=f"deleted on {entity.deleted_on.isoformat()}")
    if not entity.is_alive:
        return replace(beside, verdict="bankrupt" if entity.is_bankrupt else "winding up")
    if folded(entity.name) != folded(ours):
        return replace(beside, verdict=f"the register says “{entity.name}”")
    return beside


def _ask(register: enhetsregisteret.Register, number: str) -> RegisteredEntity | None:
    """Return what the register says; nothing when it knows nobody with this number."""
    try:
        return register.look_up(number)
    except enhetsregisteret.UnknownNumberError:
        return None
    except ValidationError as wrong:
        sentence = f"{number} is not an organisation number."
        raise ProblemError(sentence, "Check the digits. Nothing was changed.") from wrong
    except HostNotAllowedError as shut:
        raise ProblemError(
            "This installation may not ask the register, and nothing was changed.",
            "Name data.brreg.no in SAMSKAP_OUTGOING_HOSTS.",
        ) from shut
    except OutgoingError as silent:
        raise ProblemError(
            "The register could not be reached, and nothing was changed.",
            "See that this machine is on the internet, and run the same command again.",
        ) from silent
    except (
        enhetsregisteret.RegisterUnavailableError,
        enhetsregisteret.UnexpectedAnswerError,
    ) as odd:
        raise ProblemError(
            f"The register gave an answer that cannot be used ({odd}), and nothing was changed.",
            "Run the same command again later.",
        ) from odd


def _chosen(choices: type[Choice], option: str, question: str, given: str | None) -> Choice:
    said = given or click.prompt(question, type=click.Choice(choices.values))
    if said not in choices.values:
        raise click.BadOptionUsage(option, f"{option} is one of {', '.join(choices.values)}.")
    return choices(said)


def _registered(
    entity: RegisteredEntity, kind: ActorKind, factors: dict[Factor, LocalisedText], name: str
) -> Actor:
    try:
        return register_verified(
            entity=entity, kind=kind, factors=factors, name=name, by=OPERATOR, at=timezone.now()
        )
    except NotAliveError as gone:
        raise ProblemError(
            f"{entity.name} is deleted, bankrupt or winding up.", "Nothing was changed."
        ) from gone
    except OtherNameError as other:
        raise ProblemError(
            f"“{name}” is not the name in the register, “{entity.name}”.",
            "Give the same letters, large or small as people write them. Nothing was changed.",
        ) from other
    except UnknownPlaceError as nowhere:
        raise ProblemError(
            f"Its municipality, {entity.municipality or 'unknown'}, is not among the places here.",
            "Add it to the region's places.yaml and load the region again. Nothing was changed.",
        ) from nowhere
    except ValidationError as wrong:
        raise ProblemError(" ".join(wrong.messages), "Nothing was changed.") from wrong
