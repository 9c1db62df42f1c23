"""Who was erased stays erased: rows are added to the ledger and nothing else, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trust_refuse_change_of_erasures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger of erasures is append-only'
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER trust_erasure_append_only BEFORE UPDATE OR DELETE ON trust_erasure
  FOR EACH ROW EXECUTE FUNCTION trust_refuse_change_of_erasures();
CREATE TRIGGER trust_erasure_never_emptied BEFORE TRUNCATE ON trust_erasure
  FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_change_of_erasures();
"""
BACKWARD = """
DROP TRIGGER trust_erasure_never_emptied ON trust_erasure;
DROP TRIGGER trust_erasure_append_only ON trust_erasure;
DROP FUNCTION trust_refuse_change_of_erasures();
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0009_whose_session")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
