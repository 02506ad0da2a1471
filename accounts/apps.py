from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self):
        from accounts import checks, devices  # noqa: F401  (checks registers itself)

        devices.listen()
