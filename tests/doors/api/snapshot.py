"""The OpenAPI document as it was last agreed on. Renew: ``python -m tests.doors.api.snapshot``."""

from __future__ import annotations

import json
import os
from pathlib import Path

SNAPSHOT = Path(__file__).with_name("openapi.json")


def document() -> dict[str, object]:
    """Return the document as the API would give it now."""
    from samskap.api.v1 import api

    return json.loads(json.dumps(api.get_openapi_schema()))


def agreed() -> dict[str, object]:
    """Return the document that was last agreed on."""
    return json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def renew() -> None:
    """Agree on the document as it is now; the difference belongs in the commit and changelog."""
    text = json.dumps(document(), indent=1, ensure_ascii=False)
    SNAPSHOT.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.config.settings")
    os.environ.setdefault("SAMSKAP_WITHOUT_SECRETS", "1")
    django.setup()
    renew()
