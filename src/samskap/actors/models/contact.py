"""Whom we talk with at an actor, and what was said: for the secretariat alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.evidence.models import Source
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from samskap.kernel.models import Kept
from samskap.trust.models import Person

LONGEST_ENTRY = 600


class Basis(models.TextChoices):
    """Why we may keep someone's name and work address (GDPR article 6, paragraph 1)."""

    LEGITIMATE_INTEREST = (
        "legitimate-interest",
        pgettext_lazy("basis", "Legitimate interest (6.1 f)"),
    )
    PUBLIC_TASK = "public-task", pgettext_lazy("basis", "Task in the public interest (6.1 e)")
    CONSENT = "consent", pgettext_lazy("basis", "Consent (6.1 a)")


class Contact(Kept):
    """Someone who works at an actor. A contact has no account and holds no rights here."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail at work"), blank=True)
    phone = models.CharField(_("phone at work"), max_length=40, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[(language, OWN_NAMES[language]) for language in LANGUAGES],
        default=DEFAULT_LANGUAGE,
    )
    basis = models.CharField(_("why we may keep this"), max_length=24, choices=Basis.choices)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    source_note = models.CharField(_("where we have it from"), max_length=300)
    since = models.DateField(_("known since"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["actor", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="actors_contact_known_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class ContactKind(models.TextChoices):
    """How we were in touch."""

    VISIT = "visit", pgettext_lazy("kind of contact", "Visit")
    CALL = "call", pgettext_lazy("kind of contact", "Call")
    MEETING = "meeting", pgettext_lazy("kind of contact", "Meeting")
    EMAIL = "email", pgettext_lazy("kind of contact", "E-mail")


class ContactEntry(Kept):
    """We were in touch with an actor: who, when, three lines, and what comes next."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="contact_entries")
    kind = models.CharField(_("how"), max_length=16, choices=ContactKind.choices)
    happened_on = models.DateField(_("when"))
    # Who of ours; empty when it was brought in from elsewhere.
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_entries"
    )
    contacts = models.ManyToManyField(Contact, blank=True, related_name="entries")
    text = models.TextField(_("three lines"), max_length=LONGEST_ENTRY)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("when it is due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    written_at = models.DateTimeField(editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("entry in the contact log")
        verbose_name_plural = _("entries in the contact log")
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="actors_contactentry_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(next_step_on__isnull=True) | ~Q(next_step=""),
                name="actors_contactentry_a_date_is_for_a_step",
                violation_error_message=_("Say what the next step is, or leave its date out."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("happened_on")),
                name="actors_contactentry_done_after",
                violation_error_message=_("A step is done after the talk it came from."),
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "-happened_on"], name="actors_contactentry_of_actor"),
            models.Index(
                fields=["next_step_on"],
                name="actors_contactentry_due",
                condition=Q(done_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on} {self.key}"
