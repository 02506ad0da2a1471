"""`make demo`: the site with six weeks of one candidate's study, on data of its own.

Takes PREPSITE_DATA_DIR or `var-demo/` in this folder, fills it once, and serves it. The password of
the account `demo` is made anew at every start and printed; nobody else's data is touched.
"""

import os
import secrets
import sys
from pathlib import Path

NAME = "demo"


def main() -> int:
    base = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.setdefault("PREPSITE_DATA_DIR", str(base / "var-demo")))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepsite.settings")
    from prepsite import database, serve

    database.own_folder(folder)
    with database.running(folder, serve.say):
        import django

        django.setup()
        from django.core.management import call_command

        call_command("prepare", changed=True)
        call_command("fill", name=NAME)
        serve.say(f"Sign in as {NAME} with the password {_password()}")
        return serve.main()


def _password() -> str:
    from django.contrib.auth import get_user_model

    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.get(username=NAME)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


if __name__ == "__main__":
    sys.exit(main())
