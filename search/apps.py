from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def before(plan, **kwargs) -> None:
    """Take the triggers down: a migration may change the columns they read."""
    from search import index

    if plan:
        index.take_down()


def after(**kwargs) -> None:
    """Put them up again, when the table is there (a migration back to nothing drops it)."""
    from django.db import connection

    from search import index
    from search.models import Entry

    if Entry._meta.db_table in connection.introspection.table_names():
        index.ensure()


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        pre_migrate.connect(before, sender=self)
        post_migrate.connect(after, sender=self)
