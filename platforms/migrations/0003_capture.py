"""Live capture: its state, declared rules, turns at a host; a snapshot may be extracted again."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from platforms.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('platforms', '0002_evidence_is_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaptureState',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='capture_state', serialize=False, to='platforms.document')),
                ('next_check_at', models.DateTimeField(help_text='Empty: never checked, due at once', null=True)),
                ('interval', models.DurationField(default=datetime.timedelta(days=1), help_text='Between two checks that succeed')),
                ('failures_in_a_row', models.PositiveIntegerField(default=0)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, help_text='As the server wrote it', max_length=100)),
                ('extractor', models.CharField(blank=True, help_text='Which extraction the latest text agrees with', max_length=100)),
                ('claimed_by', models.CharField(blank=True, max_length=200)),
                ('claimed_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ExtractionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('select', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, help_text='CSS selectors to keep', size=None)),
                ('remove', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, help_text='CSS selectors to drop', size=None)),
                ('since_at', models.DateTimeField(help_text='From when it holds')),
                ('note', models.CharField(blank=True, help_text='Why', max_length=500)),
            ],
            options={
                'ordering': ['document', '-since_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HostTurn',
            fields=[
                ('host', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='check',
            name='final_url',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='check',
            name='http_headers',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='check',
            name='reason',
            field=models.CharField(blank=True, choices=[('', 'None'), ('http_error', 'The server answered with an error'), ('unreachable', 'The server could not be reached'), ('timed_out', 'The server took too long'), ('too_slow', 'The page did not come to an end in time'), ('tls', 'No trustworthy connection could be made'), ('dns', 'The name of the server is not known'), ('blocked_by_robots', 'The site asks robots to stay away'), ('private_address', 'The address leads into a private network'), ('too_many_redirects', 'The server sends on and on'), ('bad_redirect', 'The server sends to an address that is none'), ('too_large', 'More came than is taken'), ('bad_encoding', 'The answer could not be decompressed'), ('not_supported', 'A kind of file came that is not read'), ('bad_address', 'The address is none that can be fetched'), ('selectors_miss', 'The declared parts are not on the page'), ('unreadable', 'No text could be taken from the page'), ('log_in_wall', 'A log-in page came instead'), ('page_shell', 'A page without its text came'), ('consent_page', 'A page asking for consent came instead'), ('error_page', 'An error page came, marked as a good one'), ('wrong_language', 'The text came in another language'), ('wrong_region', 'The text for another region came'), ('near_empty', 'Almost no text came'), ('truncated', 'Suddenly a fraction of the text came'), ('not_a_policy', 'Another page came'), ('no_text', 'No text came')], max_length=20),
        ),
        migrations.AlterField(
            model_name='version',
            name='snapshot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='platforms.snapshot'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('snapshot', 'extractor'), name='version_is_extracted_once_by_a_release'),
        ),
        migrations.AddIndex(
            model_name='capturestate',
            index=models.Index(fields=['next_check_at'], name='capture_state_by_due_time'),
        ),
        migrations.AddConstraint(
            model_name='capturestate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_by', ''), ('claimed_until', None)), models.Q(models.Q(('claimed_by', ''), _negated=True), ('claimed_until__isnull', False)), _connector='OR'), name='capture_is_claimed_by_somebody_until_a_time'),
        ),
        migrations.AddConstraint(
            model_name='capturestate',
            constraint=models.CheckConstraint(condition=models.Q(('interval__gt', datetime.timedelta(0))), name='capture_interval_is_positive'),
        ),
        migrations.AddField(
            model_name='extractionrule',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extraction_rules', to='platforms.document'),
        ),
        migrations.AddField(
            model_name='extractionrule',
            name='set_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='extractionrule',
            index=models.Index(fields=['document', '-since_at'], name='extraction_rule_by_document'),
        ),
        AppendOnly('ExtractionRule'),
    ]
