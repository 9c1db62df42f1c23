"""A chain of seals beside the trail, the heads that were signed, and no way to empty any of them."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER trust_auditentry_never_emptied BEFORE TRUNCATE ON trust_auditentry
  FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_change();
CREATE TRIGGER trust_auditseal_append_only BEFORE UPDATE OR DELETE ON trust_auditseal
  FOR EACH ROW EXECUTE FUNCTION trust_refuse_change();
CREATE TRIGGER trust_auditseal_never_emptied BEFORE TRUNCATE ON trust_auditseal
  FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_change();
CREATE TRIGGER trust_loghead_append_only BEFORE UPDATE OR DELETE ON trust_loghead
  FOR EACH ROW EXECUTE FUNCTION trust_refuse_change();
CREATE TRIGGER trust_loghead_never_emptied BEFORE TRUNCATE ON trust_loghead
  FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_change();
"""
BACKWARD = """
DROP TRIGGER trust_loghead_never_emptied ON trust_loghead;
DROP TRIGGER trust_loghead_append_only ON trust_loghead;
DROP TRIGGER trust_auditseal_never_emptied ON trust_auditseal;
DROP TRIGGER trust_auditseal_append_only ON trust_auditseal;
DROP TRIGGER trust_auditentry_never_emptied ON trust_auditentry;
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0006_ways_to_sign_in")]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="seal",
                        to="trust.auditentry",
                    ),
                ),
                ("settled", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
                "ordering": ["sequence"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sequence__gte=1), name="trust_seal_counts_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("site", models.CharField(max_length=200)),
                ("public_key", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "verbose_name": "signed head of the log",
                "verbose_name_plural": "signed heads of the log",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="LogPractice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_the_one",
                    models.BooleanField(default=True, editable=False, unique=True),
                ),
                (
                    "mails_heads",
                    models.BooleanField(
                        default=False, verbose_name="mail the signed head to the partners"
                    ),
                ),
            ],
            options={
                "verbose_name": "practice of the log",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(is_the_one=True), name="trust_logpractice_one_row"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
