
import django.db.models.deletion
from django.db import migrations, models

from platforms.erasable import erasable


class Migration(migrations.Migration):

    dependencies = [
        ('clauses', '0010_restored_drafts'),
        ('platforms', '0008_erasures'),
    ]

    operations = [
        migrations.AddField(
            model_name='analysis',
            name='erasure',
            field=models.ForeignKey(editable=False, help_text='What destroyed the record', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platforms.erasure'),
        ),
        erasable(
            "clauses_analysis",
            body="record",
            constraint="analysis_record_has_the_hash_it_claims",
            check="record IS NULL OR sha256(record) = sha256",
        ),
    ]
