"""Who holds rights here, and who acts for them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from samskap.kernel.models import Kept
from samskap.kernel.period import Lasting
from samskap.trust.models.people import Person


class Party(Kept):
    """An organisation as a holder of rights: a key without facts. An actor has exactly one."""

    # The one party that is the partnership itself; its people are the secretariat.
    is_partnership = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["is_partnership"],
                condition=models.Q(is_partnership=True),
                name="trust_party_one_partnership",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Role(models.TextChoices):
    """In what capacity someone acts in the partnership."""

    SECRETARIAT = "secretariat", _("Secretariat")
    PARTNER_REPRESENTATIVE = "partner-representative", _("Partner representative")
    COMPANY_MEMBER = "company-member", _("Company member")
    BOARD_MEMBER = "board-member", _("Board member")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Standing(models.TextChoices):
    """Where a mandate comes from: voters, an administration, or a member organisation."""

    ELECTED = "elected", _("Elected")
    ADMINISTRATIVE = "administrative", _("Administrative")
    MEMBER = "member", _("Member")


class Mandate(Kept, Lasting):
    """A person may act for a party, in a capacity, from a day and perhaps to a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates")
    capacity = models.CharField(max_length=32, choices=Role.choices)
    standing = models.CharField(max_length=16, choices=Standing.choices, blank=True)
    # Acts when the one who else does cannot.
    is_substitute = models.BooleanField(_("substitute"), default=False, db_default=False)
    # The sign-in service whose groups gave it, and which alone ends it; empty when people did.
    given_through = models.CharField(max_length=64, blank=True, default="", db_default="")
    # Empty when it was given at the machine, by whoever set the installation up.
    given_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates_given"
    )

    class Meta(Lasting.Meta):
        verbose_name = _("mandate")
        constraints = [
            *Lasting.Meta.constraints,
            ExclusionConstraint(
                name="trust_mandate_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("party", RangeOperators.EQUAL),
                    ("capacity", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "valid_from",
                            "valid_to",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "This person holds that mandate already. End it first, or choose other days."
                ),
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_from"], name="trust_mandate_of_person")]

    def __str__(self) -> str:
        return f"{self.capacity} {self.key}"

    def clean(self) -> None:
        """Say in words what the database would refuse without them."""
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValidationError(
                {"valid_to": _("A mandate ends after the day it begins. Choose a later day.")}
            )
