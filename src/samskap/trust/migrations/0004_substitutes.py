"""A mandate may be a substitute's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trust", "0003_one_mandate_at_a_time")]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="is_substitute",
            field=models.BooleanField(db_default=False, default=False, verbose_name="substitute"),
        ),
    ]
