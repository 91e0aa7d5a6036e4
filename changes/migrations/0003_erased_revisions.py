
import django.db.models.deletion
from django.db import migrations, models

from platforms.erasable import erasable


class Migration(migrations.Migration):

    dependencies = [
        ('changes', '0002_withdrawn_at'),
        ('platforms', '0008_erasures'),
    ]

    operations = [
        migrations.AddField(
            model_name='changerevision',
            name='erasure',
            field=models.ForeignKey(help_text='What destroyed the content, if it is gone', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platforms.erasure'),
        ),
        erasable(
            "changes_changerevision",
            body="content",
            constraint="change_revision_has_the_hash_it_claims",
            check="sha256(content) = sha256",
        ),
    ]
