# A telling has a beginning, an end and then a rating; a story has a schedule.

import django.contrib.postgres.fields
import django.core.validators
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(
            model_name='rehearsal',
            old_name='undone_at',
            new_name='removed_at',
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='rated_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='stopped_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='updated_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='story',
            name='difficulty',
            field=models.FloatField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='due_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='last_rated_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='recall_state',
            field=models.CharField(choices=[('new', 'New'), ('learning', 'Learning'), ('review', 'Review'), ('relearning', 'Relearning')], default='new', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='story',
            name='recall_step',
            field=models.PositiveSmallIntegerField(default=0, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='stability',
            field=models.FloatField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='rehearsal',
            name='rating',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Lost the thread'), (2, 'Rough'), (3, 'Good'), (4, 'By heart')], null=True),
        ),
        # Back again, a telling nobody rated is a rough one: its remark stays.
        migrations.RunSQL(
            "UPDATE stories_rehearsal SET stopped_at = told_at + seconds * interval '1 second',"
            " rated_at = told_at + seconds * interval '1 second'",
            "UPDATE stories_rehearsal SET rating = 2 WHERE rating IS NULL",
        ),
        migrations.AlterField(
            model_name='rehearsal',
            name='remark',
            field=models.TextField(blank=True),
        ),
        # Which parts were looked at was not known before.
        migrations.RemoveField(
            model_name='rehearsal',
            name='revealed',
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='revealed',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            model_name='rehearsal',
            name='seconds',
            field=models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(7200)]),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rehearsal',
            trigger=pgtrigger.compiler.Trigger(name='writing_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF OLD."remark" IS NOT DISTINCT FROM NEW."remark" THEN\n              NEW.version := OLD.version;\n              RETURN NEW;\n            END IF;\n            IF NEW.version NOT IN (OLD.version, OLD.version + 1) THEN\n              RAISE EXCEPTION \'stories.rehearsal % is at version %, not %\',\n                OLD.id, OLD.version, NEW.version USING ERRCODE = \'check_violation\';\n            END IF;\n            -- A save counts up itself and says when; other changes of text may say neither.\n            IF NEW.version = OLD.version AND NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN\n              NEW.updated_at := clock_timestamp();\n            END IF;\n            NEW.version := OLD.version + 1;\n            RETURN NEW;\n        ', hash='4073efe5a5a8b647f9c6e7ade928fab77e557c56', operation='UPDATE', pgid='pgtrigger_writing_version_bf7e7', table='stories_rehearsal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rehearsal',
            trigger=pgtrigger.compiler.Trigger(name='writing_history', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE note jsonb; texts jsonb; whole boolean; base integer;', func='\n            IF TG_OP = \'INSERT\' THEN\n              IF coalesce(NEW."remark", \'\') = \'\' THEN RETURN NULL; END IF;\n              whole := true;\n              base := 0;\n            ELSE\n              IF OLD."remark" IS NOT DISTINCT FROM NEW."remark" THEN RETURN NULL; END IF;\n              whole := NEW.version % 32 = 0;\n              base := OLD.version;\n            END IF;\n            IF whole THEN\n              texts := jsonb_build_object(\'remark\', NEW."remark");\n            ELSE\n              texts := \'{}\'::jsonb;\n              IF OLD."remark" IS DISTINCT FROM NEW."remark" THEN\n                  texts := texts || jsonb_build_object(\n                    \'remark\', writing_splice(OLD."remark"::text, NEW."remark"::text));\n                END IF;\n            END IF;\n            -- Who is saving, unless the setting was left by another save in this transaction.\n            note := nullif(current_setting(\'writing.save\', true), \'\')::jsonb;\n            IF note->>\'model\' IS DISTINCT FROM \'stories.rehearsal\' OR (note->>\'id\')::bigint <> NEW.id\n               OR (note->>\'base\')::int <> base THEN\n              note := NULL;\n            END IF;\n            INSERT INTO writing_revision (owner_id, model, object_id, version, base_version, kind,\n              fields, whole, tab, key, name, saved_at)\n            VALUES (NEW.owner_id, \'stories.rehearsal\', NEW.id, NEW.version, base,\n              coalesce(note->>\'kind\', \'saved\'), texts, whole, (note->>\'tab\')::uuid,\n              (note->>\'key\')::uuid, \'\', NEW.updated_at);\n            RETURN NULL;\n        ', hash='a76d39e8b3b63f720402c664e7786a4a8c8cc506', operation='INSERT OR UPDATE', pgid='pgtrigger_writing_history_44f23', table='stories_rehearsal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='rehearsal',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None), ('stopped_at', None)), fields=('owner', 'story'), name='one_telling_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='rehearsal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rated_at', None), ('rating', None)), models.Q(('rated_at__isnull', False), ('rating__isnull', False), ('stopped_at__isnull', False)), _connector='OR'), name='rated_once_stopped'),
        ),
    ]
