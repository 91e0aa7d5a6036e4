
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from platforms.append_only import AppendOnly
from platforms.erasable import erasable, written_by_the_owner_alone


class Migration(migrations.Migration):

    dependencies = [
        ('platforms', '0007_verified_parts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='check',
            name='reason',
            field=models.CharField(blank=True, choices=[('', 'None'), ('http_error', 'The server answered with an error'), ('unreachable', 'The server could not be reached'), ('timed_out', 'The server took too long'), ('too_slow', 'The page did not come to an end in time'), ('tls', 'No trustworthy connection could be made'), ('dns', 'The name of the server is not known'), ('blocked_by_robots', 'The site asks robots to stay away'), ('private_address', 'The address leads into a private network'), ('too_many_redirects', 'The server sends on and on'), ('bad_redirect', 'The server sends to an address that is none'), ('too_large', 'More came than is taken'), ('bad_encoding', 'The answer could not be decompressed'), ('not_supported', 'A kind of file came that is not read'), ('bad_address', 'The address is none that can be fetched'), ('selectors_miss', 'The declared parts are not on the page'), ('unreadable', 'No text could be taken from the page'), ('log_in_wall', 'A log-in page came instead'), ('page_shell', 'A page without its text came'), ('consent_page', 'A page asking for consent came instead'), ('error_page', 'An error page came, marked as a good one'), ('wrong_language', 'The text came in another language'), ('wrong_region', 'The text for another region came'), ('near_empty', 'Almost no text came'), ('truncated', 'Suddenly a fraction of the text came'), ('not_a_policy', 'Another page came'), ('no_text', 'No text came'), ('erased', 'The text that came was lawfully erased, and is not kept again')], max_length=20),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='raw',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='platforms.storedbytes'),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='text',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='platforms.storedtext'),
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(help_text='The law or the order, as readers see it', max_length=300)),
                ('reason', models.TextField(help_text='Why, as readers see it')),
                ('erased_at', models.DateTimeField()),
                ('content', models.BinaryField(help_text='Canonical JSON (RFC 8785)')),
                ('sha256', models.BinaryField(help_text='SHA-256 of the content', max_length=32)),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(help_text='The version that was ordered', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platforms.version')),
            ],
            options={
                'permissions': [('erase_evidence', 'Can order or confirm a lawful erasure')],
            },
        ),
        migrations.AddField(
            model_name='storedbytes',
            name='erasure',
            field=models.ForeignKey(help_text='What destroyed the body, if it is gone', null=True, on_delete=django.db.models.deletion.PROTECT, to='platforms.erasure'),
        ),
        migrations.AddField(
            model_name='storedtext',
            name='erasure',
            field=models.ForeignKey(help_text='What destroyed the body, if it is gone', null=True, on_delete=django.db.models.deletion.PROTECT, to='platforms.erasure'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.CheckConstraint(condition=models.Q(('ordered_by', models.F('confirmed_by')), _negated=True), name='erasure_is_ordered_by_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='erasure_gives_ground_and_reason'),
        ),
        migrations.RunSQL(
            "ALTER TABLE platforms_erasure ADD CONSTRAINT erasure_record_has_the_hash_it_claims"
            " CHECK (sha256(content) = sha256)",
            "ALTER TABLE platforms_erasure DROP CONSTRAINT erasure_record_has_the_hash_it_claims",
        ),
        AppendOnly("Erasure"),
        written_by_the_owner_alone("platforms_erasure"),
        erasable(
            "platforms_storedtext",
            body="body",
            constraint="text_has_the_hash_and_sizes_it_claims",
            check="sha256(convert_to(body, 'UTF8')) = sha256 AND octet_length(body) = size AND char_length(body) = length",
        ),
        erasable(
            "platforms_storedbytes",
            body="body",
            constraint="bytes_have_the_hash_and_size_they_claim",
            check="sha256(body) = sha256 AND octet_length(body) = size",
        ),
    ]
