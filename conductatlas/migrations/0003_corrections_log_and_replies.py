"""Reports get a receipt, a public account and an end that stays; replies are published beside a record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from conductatlas.audit import audit_whole
from platforms.append_only import AppendOnly

DECIDED = ("state", "gist", "answer", "mended_by", "settled_by_id", "settled_at")
AUDIT = """
DROP TRIGGER conductatlas_correction_is_audited ON conductatlas_correction;
CREATE TRIGGER conductatlas_correction_is_audited AFTER UPDATE OF {columns} ON conductatlas_correction
  FOR EACH ROW EXECUTE FUNCTION record_act({arguments});
"""
WERE = ("state", "answer", "settled_by_id", "settled_at")

# What may still be taken out of a settled report is personal data; what the log published is not.
KEEP = """
CREATE FUNCTION keep_settled_correction() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE private text[] := '{words,contact,sender,note,credit,speaker,role,speaks_for}';
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - private IS DISTINCT FROM to_jsonb(OLD) - private THEN
    RAISE EXCEPTION '% of a settled correction is refused: what the log published stays', TG_OP
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER conductatlas_correction_stays BEFORE UPDATE OR DELETE ON conductatlas_correction
  FOR EACH ROW WHEN (OLD.state IN ('accepted', 'refused')) EXECUTE FUNCTION keep_settled_correction();
"""
FREE = """
DROP TRIGGER conductatlas_correction_stays ON conductatlas_correction;
DROP FUNCTION keep_settled_correction();
"""
RENAME = """
UPDATE conductatlas_correction SET
  state = CASE state WHEN 'settled' THEN 'accepted' WHEN 'declined' THEN 'refused' ELSE state END,
  name = about, receipt = upper(substr(md5(gen_random_uuid()::text), 1, 4) || '-'
    || substr(md5(gen_random_uuid()::text), 1, 4));
"""


def audited(columns):
    return AUDIT.format(columns=", ".join(columns), arguments=", ".join(f"'{column}'" for column in columns))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("conductatlas", "0002_corrections"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='correction',
            name='correction_is_open_until_somebody_answers',
        ),
        migrations.AddField('correction', 'receipt', models.CharField(default='', max_length=9), preserve_default=False),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(help_text='Record id, such as CA-P-010005', max_length=20)),
                ('words', models.TextField()),
                ('speaker', models.CharField(max_length=100)),
                ('role', models.CharField(max_length=100)),
                ('speaks_for', models.CharField(max_length=150)),
                ('given_on', models.DateField()),
                ('known_by', models.CharField(help_text='How we know that it is theirs; published', max_length=300)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'replies',
            },
        ),
        migrations.CreateModel(
            name='ReplyWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.TextField()),
                ('withdrawn_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='correction',
            name='credit',
            field=models.CharField(blank=True, help_text="The reporter's name, if it shall be published", max_length=100),
        ),
        migrations.AddField(
            model_name='correction',
            name='element',
            field=models.CharField(blank=True, help_text='Section of the page', max_length=20),
        ),
        migrations.AddField(
            model_name='correction',
            name='gist',
            field=models.TextField(blank=True, help_text="What was reported, in the curator's words; published"),
        ),
        migrations.AddField(
            model_name='correction',
            name='is_demonstration',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='correction',
            name='kind',
            field=models.CharField(choices=[('error', 'Error'), ('reply', 'Reply')], default='error', max_length=5),
        ),
        migrations.AddField(
            model_name='correction',
            name='mended_by',
            field=models.CharField(blank=True, help_text='Revision that mended it: CA-P-010005/v3', max_length=40),
        ),
        migrations.AddField(
            model_name='correction',
            name='name',
            field=models.CharField(blank=True, help_text='What the record was called when it was reported', max_length=400),
        ),
        migrations.AddField(
            model_name='correction',
            name='note',
            field=models.TextField(blank=True, help_text='For curators alone, such as how a sender was verified'),
        ),
        migrations.AddField(
            model_name='correction',
            name='revision',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='correction',
            name='role',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='correction',
            name='sender',
            field=models.BinaryField(help_text='Keyed hash of the address, kept for a day', max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='correction',
            name='speaker',
            field=models.CharField(blank=True, help_text='Of a reply: who speaks', max_length=100),
        ),
        migrations.AddField(
            model_name='correction',
            name='speaks_for',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='correction',
            name='version',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['about', 'state'], name='correction_of_a_record'),
        ),
        migrations.AddField(
            model_name='reply',
            name='correction',
            field=models.OneToOneField(help_text='How it was asked for', on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='conductatlas.correction'),
        ),
        migrations.AddField(
            model_name='reply',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replywithdrawal',
            name='reply',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='conductatlas.reply'),
        ),
        migrations.AddField(
            model_name='replywithdrawal',
            name='withdrawn_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(RENAME, migrations.RunSQL.noop),
        migrations.AlterField('correction', 'receipt', models.CharField(help_text='Drawn by lot, such as 7K3M-QX9A', max_length=9, unique=True)),
        migrations.AlterField(
            model_name='correction',
            name='about',
            field=models.CharField(help_text='Record id, or such as platform/murmurloft', max_length=160),
        ),
        migrations.AlterField(
            model_name='correction',
            name='answer',
            field=models.TextField(blank=True, help_text='What was done, or why it is refused; published'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('spam', 'Set aside as spam')], default='open', max_length=8),
        ),
        migrations.AlterField(
            model_name='correction',
            name='words',
            field=models.TextField(help_text="What is wrong, in the reporter's words; or the reply"),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('gist', ''), ('settled_at', None), ('settled_by', None), ('state', 'open')), models.Q(('answer', ''), ('settled_at__isnull', False), ('settled_by__isnull', False), ('state', 'spam')), models.Q(('state__in', ['accepted', 'refused']), models.Q(('answer', ''), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='correction_is_open_until_somebody_answers'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('speaker', ''), _negated=True), models.Q(('speaks_for', ''), _negated=True), models.Q(('known_by', ''), _negated=True)), name='reply_is_signed_and_known_to_be_theirs'),
        ),
        migrations.AddConstraint(
            model_name='replywithdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='reply_withdrawal_has_a_reason'),
        ),
            migrations.RunSQL(KEEP, FREE),
        migrations.RunSQL(audited(DECIDED), audited(WERE)),
        AppendOnly("Reply"),
        AppendOnly("ReplyWithdrawal"),
        audit_whole("conductatlas_reply", "conductatlas_replywithdrawal"),
    ]
