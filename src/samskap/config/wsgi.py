"""The server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.config.settings")
# A page that asks the database for longer than this has lost its reader.
os.environ.setdefault("SAMSKAP_STATEMENT_TIMEOUT_S", "30")

application = get_wsgi_application()
