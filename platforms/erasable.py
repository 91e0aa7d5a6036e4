"""The migration operation by which PostgreSQL tells what was lawfully erased from what was tampered with.

A body that names its erasure is empty and keeps hash and sizes; every other body must still have the hash it claims. No
row may be born erased or be called so later: the triggers refuse it to every role. The act of erasure lifts them, as
the owner, inside its one transaction (docs/decisions/0019).
"""

from __future__ import annotations

from django.db.migrations.operations.special import RunSQL

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_to_call_it_erased() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.erasure_id IS DISTINCT FROM OLD.erasure_id THEN
    RAISE EXCEPTION '% is erased by the act of erasure alone', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
"""
ERASABLE = """
ALTER TABLE {table} DROP CONSTRAINT {constraint};
ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK (
  CASE WHEN erasure_id IS NULL THEN {check} ELSE octet_length({body}) = 0 END);
CREATE TRIGGER {table}_is_not_called_erased BEFORE INSERT OR UPDATE ON {table}
  FOR EACH ROW WHEN (NEW.erasure_id IS NOT NULL) EXECUTE FUNCTION refuse_to_call_it_erased();
"""
NO_MORE = """
DROP TRIGGER {table}_is_not_called_erased ON {table};
ALTER TABLE {table} DROP CONSTRAINT {constraint};
ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({check});
"""
OWNER_ALONE = """
DO $do$ DECLARE grantee text; BEGIN
  FOR grantee IN
    SELECT DISTINCT quote_ident(pg_get_userbyid(a.grantee)) FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.oid = '{table}'::regclass AND a.grantee <> c.relowner AND a.grantee <> 0
  LOOP
    EXECUTE format('REVOKE ALL ON {table} FROM %s', grantee);
    EXECUTE format('GRANT SELECT ON {table} TO %s', grantee);
  END LOOP;
END $do$
"""


def erasable(table: str, *, body: str, constraint: str, check: str) -> RunSQL:
    """Return the operation that lets a column be emptied by an erasure, and by nothing else.

    `constraint` is the one that recomputes the hash, `check` its condition.
    """
    names = {"table": table, "body": body, "constraint": constraint, "check": check}
    return RunSQL(FUNCTION + ERASABLE.format(**names), NO_MORE.format(**names))


def written_by_the_owner_alone(table: str) -> RunSQL:
    """Return the operation that lets the application's role read a table, and nothing else."""
    return RunSQL(OWNER_ALONE.format(table=table), RunSQL.noop)
