"""What PostgreSQL itself guards: hashes of bodies, append-only evidence, slugs issued for good."""

from django.db import migrations

from platforms.append_only import AppendOnly, IssuesSlugs

BODIES = """
ALTER TABLE platforms_storedtext ADD CONSTRAINT text_has_the_hash_and_sizes_it_claims CHECK (
  sha256(convert_to(body, 'UTF8')) = sha256 AND octet_length(body) = size AND char_length(body) = length);
ALTER TABLE platforms_storedbytes ADD CONSTRAINT bytes_have_the_hash_and_size_they_claim CHECK (
  sha256(body) = sha256 AND octet_length(body) = size);
"""
UNGUARDED_BODIES = """
ALTER TABLE platforms_storedtext DROP CONSTRAINT text_has_the_hash_and_sizes_it_claims;
ALTER TABLE platforms_storedbytes DROP CONSTRAINT bytes_have_the_hash_and_size_they_claim;
"""

# A snapshot's hash and size are those of its body; a version's text is its snapshot's wherever that is a text.
WITNESS = """
CREATE FUNCTION refuse_snapshot_without_its_body() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM platforms_storedtext t WHERE t.id = NEW.text_id AND t.sha256 = NEW.sha256 AND t.size = NEW.size
    UNION ALL
    SELECT FROM platforms_storedbytes b WHERE b.id = NEW.raw_id AND b.sha256 = NEW.sha256 AND b.size = NEW.size)
  THEN
    RAISE EXCEPTION 'a snapshot must have the hash and size of its body' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER platforms_snapshot_has_its_body BEFORE INSERT ON platforms_snapshot
  FOR EACH ROW EXECUTE FUNCTION refuse_snapshot_without_its_body();
CREATE FUNCTION refuse_version_without_its_snapshot() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM platforms_snapshot s WHERE s.id = NEW.snapshot_id
      AND s.document_id = NEW.document_id AND s.captured_at = NEW.captured_at
      AND (s.method = 'fetched' OR s.text_id IS NOT DISTINCT FROM NEW.text_id))
  THEN
    RAISE EXCEPTION 'a version must have the document, time and text of its snapshot' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER platforms_version_has_its_snapshot BEFORE INSERT ON platforms_version
  FOR EACH ROW EXECUTE FUNCTION refuse_version_without_its_snapshot();
"""
NO_WITNESS = """
DROP TRIGGER platforms_version_has_its_snapshot ON platforms_version;
DROP TRIGGER platforms_snapshot_has_its_body ON platforms_snapshot;
DROP FUNCTION refuse_version_without_its_snapshot();
DROP FUNCTION refuse_snapshot_without_its_body();
"""


class Migration(migrations.Migration):
    dependencies = [("platforms", "0001_initial")]
    operations = [
        migrations.RunSQL(BODIES, UNGUARDED_BODIES),
        migrations.RunSQL(WITNESS, NO_WITNESS),
        IssuesSlugs("Platform", "platform"),
        IssuesSlugs("Document", "document", "platform_id"),
        *[
            AppendOnly(model)
            for model in ["StoredText", "StoredBytes", "Snapshot", "Check", "Version", "IssuedSlug"]
        ],
    ]
