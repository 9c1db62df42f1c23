"""The record of processing as a page: ``python -m tests.rooms.trust.processing`` writes it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from django.utils import translation

from samskap.runtime.backups.shelf import KEEP_DAYS

PAGE: Final = Path(__file__).resolve().parents[3] / "docs" / "security" / "processing.md"


def page() -> str:
    """Return the page as the rooms' declarations make it: of the product, and of no house."""
    from samskap.trust.privacy import records

    with translation.override("en"):
        return records.as_markdown(records.record_of_processing(backup_days=KEEP_DAYS))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.config.settings")
    os.environ.setdefault("SAMSKAP_WITHOUT_SECRETS", "1")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
