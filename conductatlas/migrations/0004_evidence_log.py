
import django.db.models.deletion
from django.db import migrations, models

from platforms.append_only import AppendOnly

# A leaf has the hash of its content, and stands right behind the leaf before it: the log has no gap.
LEAVES = """
ALTER TABLE conductatlas_logleaf ADD CONSTRAINT leaf_has_the_hash_of_its_content
  CHECK (sha256('\\x00'::bytea || content) = hash);
CREATE FUNCTION refuse_gap_in_log() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.index > 0 AND NOT EXISTS (SELECT FROM conductatlas_logleaf WHERE index = NEW.index - 1) THEN
    RAISE EXCEPTION 'leaf % would leave a gap in the log', NEW.index USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER conductatlas_logleaf_follows BEFORE INSERT ON conductatlas_logleaf
  FOR EACH ROW EXECUTE FUNCTION refuse_gap_in_log();
"""
NO_LEAVES = """
DROP TRIGGER conductatlas_logleaf_follows ON conductatlas_logleaf;
DROP FUNCTION refuse_gap_in_log();
ALTER TABLE conductatlas_logleaf DROP CONSTRAINT leaf_has_the_hash_of_its_content;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('conductatlas', '0003_corrections_log_and_replies'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(help_text='Name of the log, the same for all its keys', max_length=60)),
                ('public', models.BinaryField(help_text='Ed25519 public key (RFC 8032)', max_length=32, unique=True)),
                ('since', models.DateTimeField()),
                ('statement', models.TextField(help_text='Signed note naming this key, by itself and by the key before it')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(help_text='Number of leaves', primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(help_text='Signed note (C2SP tlog-checkpoint) of origin, size, root and time')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checkpoints', to='conductatlas.logkey')),
            ],
            options={
                'ordering': ['-size'],
            },
        ),
        migrations.CreateModel(
            name='LogLeaf',
            fields=[
                ('index', models.BigIntegerField(help_text='Place in the log, from 0', primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('snapshot', 'Snapshot'), ('version', 'Version'), ('analysis', 'Analysis'), ('change', 'Change record'), ('takedown', 'Takedown'), ('erasure', 'Erasure'), ('key', 'Key')], max_length=8)),
                ('subject', models.BigIntegerField(help_text='Primary key of what it is about, in the table of its kind')),
                ('content', models.BinaryField(help_text='Canonical JSON, which the tree is of')),
                ('sha256', models.BinaryField(help_text='SHA-256 of what it is about, as the content says it', max_length=32)),
                ('hash', models.BinaryField(help_text='SHA-256 of 0x00 and the content (RFC 6962)', max_length=32)),
            ],
            options={
                'verbose_name_plural': 'log leaves',
                'indexes': [models.Index(fields=['sha256'], name='leaf_by_hash')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='leaf_is_of_something_once'), models.CheckConstraint(condition=models.Q(('index__gte', 0)), name='leaf_has_a_place')],
            },
        ),
        migrations.CreateModel(
            name='LogNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(help_text='Logarithm of its number of leaves, 1 or more')),
                ('place', models.BigIntegerField(help_text='Place among the subtrees of its level, from 0')),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'place'), name='subtree_is_kept_once')],
            },
        ),
        migrations.RunSQL(LEAVES, NO_LEAVES),
        *[AppendOnly(model) for model in ["LogKey", "LogLeaf", "LogNode", "Checkpoint"]],
    ]
