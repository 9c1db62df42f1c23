"""A session says whose it is. The table is Django's own, which an older version goes on using."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import migrations, models

FORWARD = """
CREATE TABLE IF NOT EXISTS django_session (
  session_key varchar(40) NOT NULL PRIMARY KEY,
  session_data text NOT NULL,
  expire_date timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS django_session_session_key_c0390e0f_like
  ON django_session (session_key varchar_pattern_ops);
CREATE INDEX IF NOT EXISTS django_session_expire_date_a5c62663 ON django_session (expire_date);
ALTER TABLE django_session ADD COLUMN IF NOT EXISTS account_id bigint NULL;
CREATE INDEX IF NOT EXISTS django_session_account_id ON django_session (account_id);
"""
BACKWARD = "ALTER TABLE django_session DROP COLUMN account_id;"


def say_whose(apps: Any, schema_editor: Any) -> None:
    """Fill the column of those that are open, so that nobody has to sign in again.

    Asked in the transaction that makes the table: no other connection sees it yet.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    alias = schema_editor.connection.alias
    sessions = apps.get_model("trust", "Session").objects.using(alias)
    for key, data in sessions.values_list("session_key", "session_data"):
        account = str(store.decode(data).get(SESSION_KEY, ""))
        if account.isdecimal():
            sessions.filter(session_key=key).update(account_id=int(account))


class Migration(migrations.Migration):
    dependencies = [("trust", "0008_privacy")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="session key",
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        (
                            "expire_date",
                            models.DateTimeField(db_index=True, verbose_name="expire date"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "db_table": "django_session",
                        "abstract": False,
                    },
                ),
            ],
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
    ]
