import re

import django.contrib.postgres.fields
from django.db import migrations, models


def by_address(apps, schema_editor):
    """Lines were named by ids, which no other site knows."""
    Sheet = apps.get_model("playbook", "MorningSheet")
    shared = {
        f"{name}-{pk}": f"/playbook/{playbook}/#{key}"
        for name, model in (("phrase", "Row"), ("matrix", "Section"))
        for pk, playbook, key in apps.get_model("playbook", model).objects.values_list(
            "pk", "playbook__key", "key"
        )
    }
    for sheet in Sheet.objects.iterator():
        names = (shared.get(each, each) for each in sheet.chosen)
        names = (re.sub(r"^card-(\d+)$", r"/drills/cards/\1/edit/", each) for each in names)
        sheet.chosen = [re.sub(r"^story-(\d+)$", r"/stories/\1/", each) for each in names]
        # What is neither led nowhere before.
        sheet.chosen = [each for each in sheet.chosen if each.startswith("/")]
        sheet.save(update_fields=["chosen"])


class Migration(migrations.Migration):

    dependencies = [
        ('playbook', '0006_drawing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='morningsheet',
            name='chosen',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None),
        ),
        migrations.RunPython(by_address, migrations.RunPython.noop, elidable=True),
    ]
