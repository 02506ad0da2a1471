"""Rendered text stored beside its source, so that no read has to render."""

from django.db import models
from django.db.models.signals import pre_save
from django.utils.safestring import SafeString

from writing.markdown import inline_html, to_html


class RenderedField(models.TextField):
    """The HTML of the field named `source`, made anew at every save.

    `top` is the level of its highest heading; with `inline` the source is one line. Templates
    print it as it is: a value from the database is marked safe, and nothing but the sanitiser
    writes it. `create`, `save`, `update_or_create` and `bulk_create` render; a
    `save(update_fields=...)` that names the source without this field raises ValueError, since
    the two would part. `queryset.update(...)` and `bulk_update` pass by: do not use them for the
    source. `render_markdown` renders every row again after a change to the rules.

        body = models.TextField()
        body_html = RenderedField("body", top=3)
    """

    def __init__(self, source: str = "", *, top: int = 3, inline: bool = False, **kwargs):
        self.source, self.top, self.inline = source, top, inline
        kwargs |= {"editable": False, "default": "", "blank": True}
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("editable", "default", "blank"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "source": self.source}

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half_a_save, sender=cls)

    def _refuse_half_a_save(self, sender, update_fields, raw, **kwargs):
        if update_fields and self.source in update_fields and self.name not in update_fields:
            raise ValueError(
                f"save(update_fields=...) names {self.source!r} and must name {self.name!r} too."
            )

    def render(self, instance: models.Model) -> SafeString:
        """The HTML of the source of `instance`."""
        text = getattr(instance, self.source) or ""
        return inline_html(text) if self.inline else to_html(text, self.top)

    def pre_save(self, model_instance, add):
        html = self.render(model_instance)
        setattr(model_instance, self.attname, html)
        return html

    def get_prep_value(self, value):
        # The driver adapts str itself, not its subclass.
        return str(value) if value is not None else None

    def from_db_value(self, value, expression, connection):
        # The column holds what `render` returned, and nothing else writes it.
        return SafeString(value) if value is not None else value
