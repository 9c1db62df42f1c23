"""What makes the trail a chain: a seal on each entry, and the heads that were signed and shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samskap.trust.models.audit import AuditEntry


class AuditSeal(models.Model):
    """The place of one entry in the chain, and the hash that holds it to the one before.

    Sequences are 1, 2, 3 … without holes. Only added to, by one sealer at a time.
    """

    sequence = models.BigIntegerField(primary_key=True)
    # No constraint in the database: it would lock the entry, and what is missing is for
    # ``samskap audit verify`` to name.
    entry = models.OneToOneField(
        AuditEntry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="seal"
    )
    # Every entry up to this number had been sealed by now, or can never come.
    settled = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["sequence"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sequence__gte=1), name="trust_seal_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {bytes(self.hash).hex()}"


class LogHead(models.Model):
    """The newest seal on the day it was signed and shown to everyone. Only added to."""

    sequence = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    # Whose log it is: the address of the site.
    site = models.CharField(max_length=200)
    # Ed25519, both as they are: 32 and 64 bytes.
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        verbose_name = _("signed head of the log")
        verbose_name_plural = _("signed heads of the log")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.made_at:%Y-%m-%d %H:%M:%S}"


class LogPractice(models.Model):
    """How this installation shares the head of its log: one row, or none yet."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    mails_heads = models.BooleanField(_("mail the signed head to the partners"), default=False)

    class Meta:
        verbose_name = _("practice of the log")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_the_one=True), name="trust_logpractice_one_row"
            ),
        ]

    def __str__(self) -> str:
        return f"mails heads: {self.mails_heads}"
