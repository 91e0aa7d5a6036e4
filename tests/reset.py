"""Emptying the database after a test that committed: as the owner, and only what was filled.

Django's own flush is refused to the application's role, and evidence to every role: the guards are lifted for
the length of one statement. A test asserts that they stand again.
"""

from __future__ import annotations

from django.db import connection

from conductatlas.backups.restore import FILLED_BY_MIGRATE
from conductatlas.database import as_owner

# All guarded tables are unguarded, not only the filled ones: CASCADE may reach an empty one and be refused.
RESET = f"""
SET lock_timeout = '20s';
DO $$ DECLARE t regclass; dirty text[] := '{{}}'; guarded regclass[]; hit boolean; BEGIN
  FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname NOT IN ({", ".join(f"'{name}'" for name in FILLED_BY_MIGRATE)}) LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', t) INTO hit;
    IF hit THEN dirty := dirty || t::text; END IF;
  END LOOP;
  IF dirty = '{{}}' THEN RETURN; END IF;
  SELECT array_agg(DISTINCT tgrelid::regclass) INTO guarded
    FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 <> 0;
  FOREACH t IN ARRAY coalesce(guarded, '{{}}') LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', t);
  END LOOP;
  EXECUTE 'TRUNCATE ' || array_to_string(dirty, ', ') || ' CASCADE';
  FOREACH t IN ARRAY coalesce(guarded, '{{}}') LOOP
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', t);
  END LOOP;
END $$
"""


def reset() -> None:
    """Empty every table but those that migrate fills."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(RESET)
