"""What makes the site safe to meet in a browser: docs/security/ says why each is there.

Parts of the settings, in a file of their own so that whoever reviews them reads them in one go.
"""

from __future__ import annotations

import os
from typing import Any, Final


def flag(name: str) -> bool:
    """Whether the environment says yes: 1, true or yes."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


CONTENT_SECURITY_POLICY: Final[dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
# Only what the product uses: signing in with a passkey, and copying an address.
PERMISSIONS_POLICY: Final = {
    "publickey-credentials-get": "(self)",
    "publickey-credentials-create": "(self)",
    "clipboard-write": "(self)",
    **dict.fromkeys(
        (
            "accelerometer",
            "autoplay",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "screen-wake-lock",
            "serial",
            "usb",
            "xr-spatial-tracking",
        ),
        "()",
    ),
}


# https is taken for granted except where `samskap up` serves this machine alone.
SERVED_OVER_HTTPS: Final = not flag("SAMSKAP_PLAIN_HTTP")
BEHIND_PROXY: Final = flag("SAMSKAP_BEHIND_PROXY")

# Cookies ------------------------------------------------------------------------------------------
# A name that begins with ``__Host-`` is taken by a browser only over https, from this very host and
# for the whole of it (RFC 6265bis, 4.1.3.2).
_PREFIX: Final = "__Host-" if SERVED_OVER_HTTPS else ""
SESSION_ENGINE: Final = "samskap.trust.session_store"
SESSION_COOKIE_NAME: Final = f"{_PREFIX}session"
CSRF_COOKIE_NAME: Final = f"{_PREFIX}csrf"
LANGUAGE_COOKIE_NAME: Final = f"{_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# A notice to the next page goes with the session: no cookie of its own.
MESSAGE_STORAGE: Final = "django.contrib.messages.storage.session.SessionStorage"
# However busy one is, and whatever the browser thinks of closing.
SESSION_COOKIE_AGE: Final = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE: Final = True
# Whoever has not been here for two hours signs in again.
SESSION_REST_S: Final = 60 * 60 * 2

# Transport ----------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT: Final = SERVED_OVER_HTTPS
# A probe comes by number and without https; a program is told to use it, and not led on.
SECURE_REDIRECT_EXEMPT: Final = [r"^health/", r"^api/", r"^schema/"]
SECURE_HSTS_SECONDS: Final = 31_536_000 if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVED_OVER_HTTPS
SECURE_PROXY_SSL_HEADER: Final = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# How a browser is to take an answer ---------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF: Final = True
SECURE_REFERRER_POLICY: Final = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY: Final = "same-origin"
X_FRAME_OPTIONS: Final = "DENY"


def patience_of_the_database() -> dict[str, str]:
    """Return the options that let no question of a page hold the database for long.

    What serves pages sets ``SAMSKAP_STATEMENT_TIMEOUT_S`` (``samskap.config.wsgi``); a job or a
    command may take its time, and has none.
    """
    limit = 1000 * int(os.environ.get("SAMSKAP_STATEMENT_TIMEOUT_S") or 0)
    if not limit:
        return {}
    idle = 2 * limit
    return {
        "options": f"-c statement_timeout={limit} -c idle_in_transaction_session_timeout={idle}"
    }
