"""The migration operation by which PostgreSQL keeps what was published as it was published (rule 10).

Drafts may be written and thrown away. Once an analysis has a number, nothing of it changes but its state, forward:
published, superseded, retracted; a retraction gives its reason, its author and its time.
"""

from django.db.migrations.operations.special import RunSQL

FIX = """
CREATE OR REPLACE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moving text[] := '{state,retracted_by_id,retracted_at,retraction_reason}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ('draft', 'in_review') THEN
      RAISE EXCEPTION 'an analysis begins as a draft' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state IN ('draft', 'in_review') THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.state IN ('superseded', 'retracted') THEN
      RAISE EXCEPTION 'what was never published cannot be %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'revision % was published: it stays', OLD.number USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (OLD.state, NEW.state) NOT IN
     (('published', 'superseded'), ('published', 'retracted'), ('superseded', 'retracted'))
     OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
    RAISE EXCEPTION 'revision % was published: its content is fixed', OLD.number
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clauses_analysis_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON clauses_analysis
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER clauses_analysis_keeps_all BEFORE TRUNCATE ON clauses_analysis
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE clauses_analysis ADD CONSTRAINT analysis_record_has_the_hash_it_claims
  CHECK (record IS NULL OR sha256(record) = sha256);

CREATE OR REPLACE FUNCTION refuse_change_of_published_part() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE rows_of jsonb[]; part jsonb; parent bigint; parent_state text;
BEGIN
  rows_of := CASE TG_OP WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)] WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)]
                        ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)] END;
  FOREACH part IN ARRAY rows_of LOOP
    IF TG_ARGV[0] = 'action' THEN
      SELECT a.analysis_id INTO parent FROM clauses_action a WHERE a.id = (part ->> 'action_id')::bigint;
    ELSE
      parent := (part ->> 'analysis_id')::bigint;
    END IF;
    SELECT a.state INTO parent_state FROM clauses_analysis a WHERE a.id = parent FOR SHARE;
    IF parent_state NOT IN ('draft', 'in_review') THEN
      RAISE EXCEPTION '% belongs to a published analysis: it is fixed', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
{parts}
CREATE OR REPLACE FUNCTION refuse_pins_that_do_not_fit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE words text; whose bigint;
BEGIN
  SELECT substring(t.body FROM NEW.start + 1 FOR NEW."end" - NEW.start), v.document_id INTO words, whose
    FROM platforms_version v JOIN platforms_storedtext t ON t.id = v.text_id
    WHERE v.id = NEW.version_id AND NEW."end" <= t.length;
  IF sha256(convert_to(words, 'UTF8')) IS DISTINCT FROM NEW.sha256 THEN
    RAISE EXCEPTION 'the pin has not the words it claims' USING ERRCODE = 'check_violation';
  END IF;
  IF whose IS DISTINCT FROM (SELECT c.document_id FROM clauses_analysis a JOIN clauses_clause c ON c.id = a.clause_id
                             WHERE a.id = NEW.analysis_id) THEN
    RAISE EXCEPTION 'the pin stands in a version of another document' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clauses_pin_fits BEFORE INSERT OR UPDATE ON clauses_pin
  FOR EACH ROW EXECUTE FUNCTION refuse_pins_that_do_not_fit();
"""

PART = """
CREATE TRIGGER {table}_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_part({by});
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

PARTS = {
    "clauses_pin": "analysis",
    "clauses_action": "analysis",
    "clauses_lawlink": "analysis",
    "clauses_agencylink": "analysis",
    "clauses_action_rests_on": "action",
    "clauses_action_where": "action",
}

LOOSEN = """
DROP TRIGGER clauses_pin_fits ON clauses_pin;
DROP FUNCTION refuse_pins_that_do_not_fit();
{parts}
DROP FUNCTION refuse_change_of_published_part();
ALTER TABLE clauses_analysis DROP CONSTRAINT analysis_record_has_the_hash_it_claims;
DROP TRIGGER clauses_analysis_keeps_all ON clauses_analysis;
DROP TRIGGER clauses_analysis_is_fixed ON clauses_analysis;
DROP FUNCTION refuse_change_of_published();
"""


def published_is_fixed() -> RunSQL:
    """Return the operation that makes the triggers."""
    made = "".join(PART.format(table=table, by=f"'{by}'") for table, by in PARTS.items())
    dropped = "".join(
        f"DROP TRIGGER {table}_keeps_all ON {table};\nDROP TRIGGER {table}_is_fixed ON {table};\n" for table in PARTS
    )
    return RunSQL(FIX.replace("{parts}", made), LOOSEN.replace("{parts}", dropped))
