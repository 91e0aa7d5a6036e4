"""Migration operations that make PostgreSQL the witness of the evidence (rule 1 of docs/evidence.md).

Own triggers rather than a library's: the common ones carry a switch by which a plain role may pass them.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: evidence is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$
"""

GUARD = """
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# Whoever was granted more than reading and adding loses it; the owner keeps its own rights, and the triggers.
WITHHOLD = """
DO $do$ DECLARE grantee text; BEGIN
  FOR grantee IN
    SELECT DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
    FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.oid = '{table}'::regclass AND a.grantee <> c.relowner
  LOOP
    EXECUTE format('REVOKE ALL ON {table} FROM %s', grantee);
    EXECUTE format('GRANT SELECT, INSERT ON {table} TO %s', grantee);
  END LOOP;
END $do$
"""


class AppendOnly(Operation):
    """Refuse UPDATE, DELETE and TRUNCATE on a model's table, by trigger and by grant."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the triggers and withhold the grants."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(REFUSE, None)
        schema_editor.execute(GUARD.format(table=table), None)
        schema_editor.execute(WITHHOLD.format(table=table), None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the triggers; grants stay withheld."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f"DROP TRIGGER {table}_keeps_rows ON {table}")
        schema_editor.execute(f"DROP TRIGGER {table}_keeps_all ON {table}")

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Make {self.model_name} append-only"


ISSUE = """
CREATE OR REPLACE FUNCTION issue_slug() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE scope_name text; holder bigint;
BEGIN
  scope_name := TG_ARGV[0];
  IF TG_NARGS > 1 THEN
    scope_name := scope_name || ':' || (to_jsonb(NEW) ->> TG_ARGV[1]);
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug
     AND (TG_NARGS < 2 OR to_jsonb(NEW) ->> TG_ARGV[1] = to_jsonb(OLD) ->> TG_ARGV[1]) THEN
    RETURN NULL;
  END IF;
  INSERT INTO platforms_issuedslug (scope, slug, holder_id, issued_at)
    VALUES (scope_name, NEW.slug, NEW.id, now()) ON CONFLICT (scope, slug) DO NOTHING;
  SELECT i.holder_id INTO holder FROM platforms_issuedslug i WHERE i.scope = scope_name AND i.slug = NEW.slug;
  IF holder <> NEW.id THEN
    RAISE EXCEPTION 'the slug "%" was issued to another object in %', NEW.slug, scope_name
      USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NULL;
END $$
"""


class IssuesSlugs(Operation):
    """Record each slug of a model for good, so that it never goes to another object of the same parent.

    `scope` names the kind of object; `parent` is the column of its parent, where it has one.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, scope: str, parent: str = "") -> None:
        self.model_name = model_name
        self.scope = scope
        self.parent = parent

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the trigger."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        arguments = ", ".join(f"'{a}'" for a in (self.scope, self.parent) if a)
        schema_editor.execute(ISSUE, None)
        schema_editor.execute(
            f"CREATE TRIGGER {table}_issues_slugs AFTER INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION issue_slug({arguments})"
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the trigger."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f"DROP TRIGGER {table}_issues_slugs ON {table}")

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Record the slugs of {self.model_name} for good"
