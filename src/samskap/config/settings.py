"""Settings: read from the environment, safe by default. docs/reference/settings.md lists them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from samskap.config.logging import configure_structlog, logging_settings
from samskap.config.safety import *  # noqa: F403 - a part of the settings
from samskap.config.safety import BEHIND_PROXY, SERVED_OVER_HTTPS, flag, patience_of_the_database
from samskap.config.sign_in import *  # noqa: F403 - a part of the settings
from samskap.kernel import languages

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent


# What this installation is ------------------------------------------------------------------------
DEBUG = flag("SAMSKAP_DEBUG")
# A demonstration: invented people and firms may exist, and every page says so.
DEMO = flag("SAMSKAP_DEMO")
DATA = Path(os.environ.get("SAMSKAP_DATA") or PROJECT / "var")
SECRET_KEY = os.environ.get("SAMSKAP_SECRET_KEY", "")
# What was sealed or signed with a key that was replaced still holds, for as long as it stands here.
SECRET_KEY_FALLBACKS = os.environ.get("SAMSKAP_OLD_SECRET_KEYS", "").split()
if not SECRET_KEY and flag("SAMSKAP_WITHOUT_SECRETS"):
    # Checks, migrations and message files need no secret; nothing is served with this one.
    SECRET_KEY = "not-a-secret-and-never-served-with-" + "x" * 32
ALLOWED_HOSTS = [
    host for host in os.environ.get("SAMSKAP_HOSTS", "localhost 127.0.0.1 [::1]").split() if host
]
# Where the site is reached, for links in letters that no visit of it asked for.
_SCHEME = "https" if SERVED_OVER_HTTPS else "http"
_FIRST_HOST = (ALLOWED_HOSTS or ["localhost"])[0].lstrip(".")
SITE_ADDRESS = os.environ.get("SAMSKAP_ADDRESS", f"{_SCHEME}://{_FIRST_HOST}").rstrip("/")
CSRF_TRUSTED_ORIGINS = os.environ.get("SAMSKAP_TRUSTED_ORIGINS", "").split()

# The house ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "ninja",
    # Before the queue: the worker its command starts seals the log besides.
    "samskap.jobs",
    "procrastinate.contrib.django",
    "samskap.kernel",
    "samskap.ui",
    "samskap.trust",
    "samskap.evidence",
    "samskap.strategy",
    "samskap.actors",
    "samskap.connectors",
    "samskap.api",
    "samskap.workspace",
    "samskap.portal",
]
MIDDLEWARE = [
    "samskap.api.metrics.MeasuringMiddleware",
    "samskap.kernel.safety.SafetyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "samskap.api.middleware.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "samskap.api.middleware.APIMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samskap.workspace.unsent.FormsComeBack",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samskap.workspace.ending.SessionEndsWithSignIn",
    "samskap.workspace.resting.SessionsEnd",
    "samskap.workspace.watching.WatchingMiddleware",
    "samskap.workspace.middleware.SessionEndsWithMandate",
    "samskap.workspace.second_step.SecondStepRequired",
    "samskap.workspace.middleware.AuditDoor",
    "samskap.workspace.middleware.OurSiteOnSignInPages",
    "samskap.workspace.unsent.FormsWait",
    "samskap.workspace.once.FormsOnce",
    "samskap.api.once.KeyedRequests",
]
ROOT_URLCONF = "samskap.config.urls"
WSGI_APPLICATION = "samskap.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our own sign-in pages come before allauth's.
        "DIRS": [PACKAGE / "workspace" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "samskap.config.context.site",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                # What stands unseen in every form: ``csrf_token``.
                "samskap.ui.templatetags.sent",
            ],
        },
    },
]

# The database: an owner that migrates, and an application role that works -------------------------
_CONNECTION: dict[str, Any] = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}


def _database(url: str) -> dict[str, Any]:
    found = dj_database_url.parse(url, engine="django.db.backends.postgresql")
    options = {**patience_of_the_database(), **found.get("OPTIONS", {})}
    return {**found, **_CONNECTION, "OPTIONS": options}


_APP_URL = os.environ.get("DATABASE_URL", "postgresql:///samskap")
_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", _APP_URL)
DATABASES = {"default": _database(_APP_URL)}
if _OWNER_URL != _APP_URL:
    DATABASES["owner"] = {**_database(_OWNER_URL), "TEST": {"MIRROR": "default"}}
DATABASE_APP_ROLE = os.environ.get("DATABASE_APP_ROLE") or DATABASES["default"]["USER"]

# What may be forgotten, shared by every process: how often something was tried --------------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cached",
        # Far more than is ever tried in a day: whoever fills it must not push out what counts them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# People: how they sign in stands in sign_in.py ----------------------------------------------------
# How many proxies of ours stand in front: the visitor's address is the one the first of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAMSKAP_PROXY_COUNT") or 1) if BEHIND_PROXY else 0

# Mail: queued with the action, delivered by a job -------------------------------------------------
EMAIL_BACKEND = "samskap.kernel.mail.QueueBackend"
# Without a host, and always in a demonstration, letters are kept in the outbox of the data folder.
EMAIL_HOST = os.environ.get("SAMSKAP_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("SAMSKAP_SMTP_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("SAMSKAP_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAMSKAP_SMTP_PASSWORD", "")
_SMTP_SECURITY = os.environ.get("SAMSKAP_SMTP_SECURITY", "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_SECURITY == "starttls", _SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SAMSKAP_MAIL_FROM", "samskap@localhost")

# Other machines: the hosts we may ask, each as host (port 443) or host:port -----------------------
OUTGOING_HOSTS = os.environ.get("SAMSKAP_OUTGOING_HOSTS", "data.brreg.no ws.geonorge.no").split()
# A proxy is used only when it is named here; the environment's own is passed over.
OUTGOING_PROXY = os.environ.get("SAMSKAP_OUTGOING_PROXY", "")

# Words --------------------------------------------------------------------------------------------
LANGUAGE_CODE = languages.DEFAULT_LANGUAGE
LANGUAGES = [(code, languages.OWN_NAMES[code]) for code in languages.LANGUAGES]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = True

# Files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "ui" / "built"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
# A built file has the hash of what is in it in its name, so it may be kept for good.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"

# What people upload is kept apart from what is served: no address leads to it, only a view that
# asks who is reading. Another storage may take its place (docs/reference/settings.md).
STORAGES = {
    "default": {
        "BACKEND": os.environ.get(
            "SAMSKAP_FILE_STORAGE", "django.core.files.storage.FileSystemStorage"
        ),
        "OPTIONS": json.loads(os.environ.get("SAMSKAP_FILE_STORAGE_OPTIONS") or "{}")
        or {
            "location": DATA / "files",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Safety -------------------------------------------------------------------------------------------
# How browsers are kept strict stands in safety.py.
CSRF_FAILURE_VIEW = "samskap.portal.views.errors.csrf_failed"

# Figures: told to a collector that has this token, and to nobody when there is none ---------------
METRICS_TOKEN = os.environ.get("SAMSKAP_METRICS_TOKEN", "")

# Logs: JSON on standard error ---------------------------------------------------------------------
configure_structlog()
LOGGING = logging_settings(os.environ.get("SAMSKAP_LOG_LEVEL", "INFO"))

# The brand name that pages fall back on before a region is loaded ---------------------------------
PRODUCT_NAME = _("Samskap")
