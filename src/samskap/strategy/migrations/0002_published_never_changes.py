"""A published version refuses change and removal, whoever asks; so does all that it says.

The element's trigger holds the version against being published at the same moment, and keeps
parent and child in one version.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION strategy_refuse_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'strategy % is published and never changes', OLD.label
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER strategy_version_never_changes
  BEFORE UPDATE OR DELETE ON strategy_strategyversion
  FOR EACH ROW EXECUTE FUNCTION strategy_refuse_published_version();

CREATE FUNCTION strategy_refuse_published_element() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  published_label text;
BEGIN
  PERFORM 1 FROM strategy_strategyversion
    WHERE id IN (OLD.version_id, NEW.version_id) ORDER BY id FOR SHARE;
  SELECT label INTO published_label FROM strategy_strategyversion
    WHERE id IN (OLD.version_id, NEW.version_id) AND published_at IS NOT NULL LIMIT 1;
  IF published_label IS NOT NULL THEN
    RAISE EXCEPTION 'strategy % is published and never changes', published_label
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM strategy_strategyelement
      WHERE id = NEW.parent_id AND version_id = NEW.version_id
  ) THEN
    RAISE EXCEPTION 'a part and its whole belong to the same version of the strategy'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER strategy_element_never_changes
  BEFORE INSERT OR UPDATE OR DELETE ON strategy_strategyelement
  FOR EACH ROW EXECUTE FUNCTION strategy_refuse_published_element();
"""
BACKWARD = """
DROP TRIGGER strategy_element_never_changes ON strategy_strategyelement;
DROP FUNCTION strategy_refuse_published_element();
DROP TRIGGER strategy_version_never_changes ON strategy_strategyversion;
DROP FUNCTION strategy_refuse_published_version();
"""


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
