"""A user signs in; a person acts."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from samskap.kernel.models import Kept


class UserManager(BaseUserManager["User"]):
    """Users are found by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by e-mail address."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Keep a new user; without a password they can sign in only by other means."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an e-mail address that can sign in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    # What the audit trail knows a user by: it can stay when the person is erased.
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Counts the changes to how the account is signed in to; a session holds with one of them.
    sign_in_changes = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="trust_user_one_account_for_each_address",
                violation_error_message=_("There is already an account with this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Return what Django asks of a session at every request: password and factors as then."""
        held = f"{self.password}{self.sign_in_changes or ''}"
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, held, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Nobody works through Django's own admin pages."""
        return False


class Person(Kept):
    """Someone who acts for one or more parties; most have an account, some do not."""

    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[(language, OWN_NAMES[language]) for language in LANGUAGES],
        default=DEFAULT_LANGUAGE,
    )
    is_demo = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"

    @property
    def is_erased(self) -> bool:
        """Whether nothing here says any more who they are."""
        return self.erased_at is not None

    @property
    def called(self) -> str:
        """What the reader's language calls them."""
        return gettext("Erased person") if self.is_erased else self.name
