"""What curators published stays as it was published."""

from django.db import migrations

from clauses.fixing import published_is_fixed


class Migration(migrations.Migration):
    dependencies = [("clauses", "0004_analyses"), ("platforms", "0002_evidence_is_append_only")]
    operations = [published_is_fixed()]
