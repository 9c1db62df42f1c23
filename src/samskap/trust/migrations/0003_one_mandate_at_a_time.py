"""Nobody holds the same mandate twice at the same time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_audit_is_append_only")]

    operations = [
        BtreeGistExtension(),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=ExclusionConstraint(
                expressions=[
                    ("person", "="),
                    ("party", "="),
                    ("capacity", "="),
                    (
                        models.Func(
                            "valid_from",
                            "valid_to",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="trust_mandate_once_at_a_time",
                violation_error_message="This person holds that mandate already. End it first, or choose other days.",
            ),
        ),
    ]
