"""The audit trail refuses change, whoever asks: rows are added and nothing else."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trust_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER trust_auditentry_append_only BEFORE UPDATE OR DELETE ON trust_auditentry
  FOR EACH ROW EXECUTE FUNCTION trust_refuse_change();
"""
BACKWARD = """
DROP TRIGGER trust_auditentry_append_only ON trust_auditentry;
DROP FUNCTION trust_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
