"""How someone comes in: an invitation to one address, and what another house knows them by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskap.kernel.models import Kept
from samskap.trust.models.people import Person, User


class Invitation(Kept):
    """A letter to one address, with a link that opens an account for one person, once.

    The secret of the link is kept by its digest alone.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Empty when it was sent from the machine.
    invited_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="trust_invitation_one_open_for_each_person",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="trust_invitation_expires_after_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="trust_invitation_not_accepted_and_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Identity(Kept):
    """What a sign-in service knows an account by.

    ``subject`` is the service's own name for someone, never a national identity number, and
    ``claims`` holds what the service's settings let us keep of the rest: usually nothing.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    service = models.CharField(max_length=64)
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    claims = models.JSONField(default=dict, blank=True)
    connected_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in service")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="trust_identity_opens_one_account"
            ),
            models.UniqueConstraint(
                fields=["user", "service"], name="trust_identity_one_of_each_service"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
