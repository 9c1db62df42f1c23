"""What is changed of bodies and their seats leaves a mark too: the directory is filtered by them."""

from __future__ import annotations

from django.db import migrations

TABLES = ("actors_body", "actors_seat")
TRIGGER = """
CREATE TRIGGER {table}_tells AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION actors_tell_of_change();
"""


class Migration(migrations.Migration):
    dependencies = [("actors", "0006_names_of_absorbed")]

    operations = [
        migrations.RunSQL(TRIGGER.format(table=each), f"DROP TRIGGER {each}_tells ON {each}")
        for each in TABLES
    ]
