"""Every statement that changes what the directory is made of leaves a mark."""

from __future__ import annotations

from django.db import migrations, models

TABLES = (
    "actors_actor",
    "actors_actorfactor",
    "actors_actorfocusarea",
    "actors_industrycode",
    "actors_membership",
    "actors_tie",
)
TELL = """
CREATE FUNCTION actors_tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actors_directorychange DEFAULT VALUES;
    RETURN NULL;
END
$$;
"""
TRIGGER = """
CREATE TRIGGER {table}_tells AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION actors_tell_of_change();
"""


class Migration(migrations.Migration):
    dependencies = [("actors", "0004_import_says_how")]

    operations = [
        migrations.CreateModel(
            name="DirectoryChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the directory",
                "verbose_name_plural": "changes of the directory",
            },
        ),
        migrations.RunSQL(TELL, "DROP FUNCTION actors_tell_of_change()"),
        *(
            migrations.RunSQL(TRIGGER.format(table=each), f"DROP TRIGGER {each}_tells ON {each}")
            for each in TABLES
        ),
    ]
