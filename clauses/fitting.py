"""The migration operation by which PostgreSQL refuses a passage that does not fit its version (rule 3)."""

from django.db.migrations.operations.special import RunSQL

FIT = """
CREATE OR REPLACE FUNCTION refuse_passages_that_do_not_fit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r record; ver bigint; pos integer; rest text; bytes bytea; total integer; words bytea; length integer;
BEGIN
  -- Each text is walked once, from passage to passage: substring() on UTF-8 counts from the start every time.
  FOR r IN
    SELECT n.id, n.version_id, n.start, n."end", n.sha256, n.match, p.sha256 AS provision_sha256,
           c.document_id AS clause_document, v.document_id AS version_document
    FROM new_rows n
    JOIN clauses_provision p ON p.id = n.provision_id
    JOIN clauses_clause c ON c.id = p.clause_id
    JOIN platforms_version v ON v.id = n.version_id
    ORDER BY n.version_id, n.start
  LOOP
    IF r.clause_document <> r.version_document THEN
      RAISE EXCEPTION 'passage % stands in a version of another document', r.id USING ERRCODE = 'check_violation';
    END IF;
    IF r.version_id IS DISTINCT FROM ver THEN
      SELECT t.body || '', t.length INTO rest, length
        FROM platforms_version v JOIN platforms_storedtext t ON t.id = v.text_id WHERE v.id = r.version_id;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'version % has no text to stand in', r.version_id USING ERRCODE = 'check_violation';
      END IF;
      bytes := convert_to(rest, 'UTF8'); total := octet_length(bytes); ver := r.version_id; pos := 0;
    END IF;
    IF r."end" > length THEN
      RAISE EXCEPTION 'passage % ends after its text', r.id USING ERRCODE = 'check_violation';
    END IF;
    IF r.start > pos THEN rest := right(rest, pos - r.start); pos := r.start; END IF;
    words := substring(bytes FROM total - octet_length(rest) + 1
                       FOR octet_length(rest) - octet_length(right(rest, r.start - r."end")));
    IF sha256(words) IS DISTINCT FROM r.sha256 THEN
      RAISE EXCEPTION 'passage % has not the words it claims', r.id USING ERRCODE = 'check_violation';
    END IF;
    IF r.match = 'exact' AND r.sha256 IS DISTINCT FROM r.provision_sha256 THEN
      RAISE EXCEPTION 'passage % is not exactly its provision', r.id USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER clauses_passage_fits_when_added AFTER INSERT ON clauses_passage
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_passages_that_do_not_fit();
CREATE TRIGGER clauses_passage_fits_when_changed AFTER UPDATE ON clauses_passage
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_passages_that_do_not_fit();
-- A provision keeps its words: a passage was checked against them.
CREATE OR REPLACE FUNCTION refuse_other_words() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the words of provision % are fixed: record another provision', OLD.id
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER clauses_provision_keeps_its_words BEFORE UPDATE OF words, sha256 ON clauses_provision
  FOR EACH ROW WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.sha256 IS DISTINCT FROM NEW.sha256)
  EXECUTE FUNCTION refuse_other_words();
ALTER TABLE clauses_provision ADD CONSTRAINT provision_has_the_hash_it_claims
  CHECK (sha256(convert_to(words, 'UTF8')) = sha256);
"""

UNFIT = """
ALTER TABLE clauses_provision DROP CONSTRAINT provision_has_the_hash_it_claims;
DROP TRIGGER clauses_provision_keeps_its_words ON clauses_provision;
DROP TRIGGER clauses_passage_fits_when_changed ON clauses_passage;
DROP TRIGGER clauses_passage_fits_when_added ON clauses_passage;
DROP FUNCTION refuse_other_words();
DROP FUNCTION refuse_passages_that_do_not_fit();
"""


def passages_fit() -> RunSQL:
    """Return the operation that makes the triggers."""
    return RunSQL(FIT, UNFIT)
