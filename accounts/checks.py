"""Checks that run with every start and every `manage.py check`."""

from django.contrib import admin
from django.core.checks import Error, register

from accounts.ownership import owned_models


@register("accounts")
def private_rows_stay_out_of_the_admin(app_configs, **kwargs) -> list[Error]:
    """Staff must not read anyone's private writing: no Owned model may be in the admin."""
    return [
        Error(
            f"{model._meta.label} holds private rows and is registered in the admin.",
            hint="Remove its admin.site.register; staff may not read private rows.",
            obj=model,
            id="accounts.E001",
        )
        for model in owned_models()
        if admin.site.is_registered(model)
    ]
