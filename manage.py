#!/usr/bin/env python
"""Django's command line; by itself it works on the embedded database."""

import os
import signal
import sys

from prepsite import database

WITHOUT_DATABASE = {
    "check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help",
    "makemessages", "startapp", "startproject", "version",
}  # fmt: skip


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepsite.settings")
    from django.core.management import execute_from_command_line

    words = sys.argv[1:]
    if not words or words[0] in WITHOUT_DATABASE or {"-h", "--help", "--version"} & set(words):
        execute_from_command_line(sys.argv)
        return
    # The default action would end the process before it could leave the database.
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda number, frame: sys.exit(128 + number))
    folder = database.data_dir()
    try:
        with database.running(folder) as server:
            if server and words[0] == "dbshell":
                os.environ.update(database.client_environment(folder))
            execute_from_command_line(sys.argv)
    except database.DatabaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
