from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection
from django.db.models.signals import pre_delete


class WritingConfig(AppConfig):
    name = "writing"

    def ready(self):
        import pgtrigger

        from accounts import erasing
        from writing import diagrams, travel
        from writing.autosave.triggers import HistoryTrigger, VersionTrigger
        from writing.markdown import register_fence
        from writing.models import Written

        register_fence("mermaid", diagrams.figure)

        # Here and not in Meta, which a model that writes its own Meta would not inherit.
        for model in apps.get_models():
            if issubclass(model, Written):
                triggers = VersionTrigger(model.writing), HistoryTrigger(model.writing)
                pgtrigger.register(*triggers)(model)
        travel.describe()
        erasing.afterwards(diagrams.forget_unused)
        pre_delete.connect(_let_history_go, sender=settings.AUTH_USER_MODEL)


def _let_history_go(instance, **kwargs):
    """Tell the append-only trigger, for this transaction, whose account is being deleted."""
    from writing.autosave.triggers import ERASING

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, concat(current_setting(%s, true), ',', %s::text), true)",
            [ERASING, ERASING, instance.pk],
        )
