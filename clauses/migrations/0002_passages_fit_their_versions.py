"""What PostgreSQL itself guards: passages that fit their versions, slugs issued for good."""

from django.db import migrations

from clauses.fitting import passages_fit
from platforms.append_only import IssuesSlugs


class Migration(migrations.Migration):
    dependencies = [("clauses", "0001_initial"), ("platforms", "0002_evidence_is_append_only")]
    operations = [passages_fit(), IssuesSlugs("Clause", "clause", "document_id")]
