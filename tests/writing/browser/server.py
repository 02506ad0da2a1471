"""The site in a process of its own, so that a test can kill it. Run as a module, with the port."""

import os
import sys

import pytest  # noqa: F401 (the settings of the tests hang on its being loaded)

from tests.late import hold_back

os.environ["DJANGO_SETTINGS_MODULE"] = "prepsite.settings"


def serve(port: int) -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "tests.writing.sample.urls"
    hold_back(settings)

    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
