"""The migration operation by which PostgreSQL writes down every act of a person.

Own triggers rather than a library's, as for the evidence: the common ones carry a switch by which a plain role may
pass them (docs/decisions/0013). The function runs as the owner, and the application's role may only read the trail:
nothing gets in but by the triggers.
"""

from __future__ import annotations

from django.db.migrations.operations.special import RunSQL

HIDDEN = ("password", "last_login", "record", "sha256")
"""Columns that never enter the trail: secrets, and bytes that the row itself keeps for good."""

PARTLY = {
    "clauses_clause": (
        "document_id", "type_id", "slug", "title", "state", "merged_into_id", "rejected_because", "significance",
        "assigned_to_id", "analysis_id",
    ),
    "changes_changerecord": ("title", "summary", "severity", "direction", "state", "withdrawn_because"),
    "platforms_document": (
        "platform_id", "slug", "title", "kind", "nature", "language", "region", "source_url", "retired_at",
        "retired_because",
    ),
}  # fmt: skip
"""Tables of which people decide these columns; the others are derived, rebuilt at any time, and no act."""

LOADED = (
    "clauses_regulation", "clauses_article", "clauses_agency", "clauses_explanation", "clauses_typelaw",
    "clauses_category", "clauses_clausetype", "clauses_jurisdiction", "auth_group_permissions",
)  # fmt: skip
"""Tables that are filled from the project's data files; what a person changes in them is an act."""

WHOLE = (
    "clauses_analysis", "clauses_pin", "clauses_action", "clauses_action_rests_on", "clauses_action_where",
    "clauses_lawlink", "clauses_agencylink", "clauses_note", "clauses_judgement", "platforms_operator",
    "platforms_sector", "platforms_platform", "platforms_platformalias", "platforms_extractionrule",
    "platforms_takedown", "auth_user", "auth_user_groups", "auth_user_user_permissions",
)  # fmt: skip
"""Tables of which every change is an act."""

FUNCTION = """
CREATE OR REPLACE FUNCTION record_act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - '{{{hidden}}}'::text[] END;
  now_is jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - '{{{hidden}}}'::text[] END;
  subject bigint := (coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> 'id')::bigint;
  part_of bigint := (coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> 'analysis_id')::bigint;
  kept text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(key) INTO kept FROM jsonb_each(now_is)
      WHERE value IS DISTINCT FROM was -> key AND (TG_NARGS = 0 OR key = ANY (TG_ARGV));
    IF kept IS NULL THEN RETURN NULL; END IF;
    SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(was) WHERE key = ANY (kept);
    SELECT jsonb_object_agg(key, value) INTO now_is FROM jsonb_each(now_is) WHERE key = ANY (kept);
  END IF;
  INSERT INTO conductatlas_auditentry (at, transaction, person_id, role, "table", "row", analysis, operation,
      before, after)
    VALUES (clock_timestamp(), (pg_current_xact_id()::text)::bigint,
      nullif(current_setting('conductatlas.person', true), '')::integer, session_user, TG_TABLE_NAME, subject,
      part_of, TG_OP, was, now_is);
  RETURN NULL;
END $$;
"""

ONLY_READ = """
DO $do$ DECLARE grantee text; BEGIN
  FOR grantee IN
    SELECT DISTINCT quote_ident(pg_get_userbyid(a.grantee)) FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.oid = 'conductatlas_auditentry'::regclass AND a.grantee <> c.relowner AND a.grantee <> 0
  LOOP
    EXECUTE format('REVOKE ALL ON conductatlas_auditentry FROM %s', grantee);
    EXECUTE format('GRANT SELECT ON conductatlas_auditentry TO %s', grantee);
  END LOOP;
END $do$
"""

BY_A_PERSON = "coalesce(current_setting('conductatlas.person', true), '') <> ''"


def _trigger(
    table: str, events: str, *, when: str = "", columns: tuple[str, ...] = (), name: str = "is_audited"
) -> str:
    arguments = ", ".join(f"'{column}'" for column in columns)
    condition = f"WHEN ({when}) " if when else ""
    return (
        f"CREATE TRIGGER {table}_{name} AFTER {events} ON {table} "
        f"FOR EACH ROW {condition}EXECUTE FUNCTION record_act({arguments});"
    )


def _of_columns(table: str, columns: tuple[str, ...]) -> str:
    """Record changes of some columns always; new and deleted rows where a person acts, for the machine makes many."""
    return _trigger(table, f"UPDATE OF {', '.join(columns)}", columns=columns) + _trigger(
        table, "INSERT OR DELETE", when=BY_A_PERSON, name="is_audited_by_person"
    )


TRIGGERS = "\n".join(
    [
        *(_trigger(table, "INSERT OR UPDATE OR DELETE") for table in WHOLE),
        *(_trigger(table, "INSERT OR UPDATE OR DELETE", when=BY_A_PERSON) for table in LOADED),
        *(_of_columns(table, columns) for table, columns in PARTLY.items()),
        _trigger("clauses_passage", "INSERT OR UPDATE", when="NEW.set_by_id IS NOT NULL"),
    ]
)


def audit_whole(*tables: str) -> RunSQL:
    """Return the operation that has every change of further tables written down."""
    made = "\n".join(_trigger(table, "INSERT OR UPDATE OR DELETE") for table in tables)
    return RunSQL(made, "\n".join(f"DROP TRIGGER {table}_is_audited ON {table};" for table in tables))


def audit_decided(table: str, *columns: str) -> RunSQL:
    """Return the operation that has changes of some columns written down, and nothing else of the row."""
    made = _trigger(table, f"UPDATE OF {', '.join(columns)}", columns=columns)
    return RunSQL(made, f"DROP TRIGGER {table}_is_audited ON {table};")


def audit() -> RunSQL:
    """Return the operation that makes the function and the triggers, and lets the application's role only read."""
    hidden = ",".join(HIDDEN)
    return RunSQL(FUNCTION.format(hidden=hidden) + TRIGGERS + ONLY_READ, RunSQL.noop)
