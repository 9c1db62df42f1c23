"""What every kept thing has in common."""

import uuid

from django.db import models

from samskap.kernel.caching import Cached
from samskap.kernel.checking import Checked
from samskap.kernel.mail.letters import Letter
from samskap.kernel.once import Done

__all__ = ["Cached", "Checked", "Done", "Kept", "Letter"]


class Kept(Checked):
    """A row with a key that the world may know; the number is the database's own."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
