"""A person can be erased, and an entry says when it was written down."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("trust", "0004_substitutes")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        # In two steps: what was written before the column is not said to be written today.
        migrations.AddField(
            model_name="auditentry",
            name="recorded_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="recorded_at",
            field=models.DateTimeField(db_default=Now(), editable=False, null=True),
        ),
    ]
