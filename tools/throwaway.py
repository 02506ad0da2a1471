"""A whole site on a database that nobody misses: what benchmarks and screenshots work on."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

# As prepsite/serve.py serves it, but for what keeps it up.
COMMAND = (
    "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws",
    "--log-level", "error",
)  # fmt: skip


@contextlib.contextmanager
def database() -> Iterator[Path]:
    """Django set up on a fresh database with the shared content, static files collected.

    Yields the folder of it all, which goes with the block.
    """
    with tempfile.TemporaryDirectory(prefix="prepsite-bench-") as name:
        os.environ["PREPSITE_DATA_DIR"] = name
        os.environ.pop("PREPSITE_DEBUG", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepsite.settings")
        os.environ["PREPSITE_STATIC_ROOT"] = str(Path(name) / "static")
        from prepsite.database import running

        # The default action would leave the database running.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        with running(Path(name), print):
            import django
            from django.core.management import call_command

            django.setup()
            call_command("prepare")
            call_command("collectstatic", interactive=False, verbosity=0)
            yield Path(name)


def signed_in(user) -> dict[str, str]:
    """The headers of a browser in which `user` is signed in, for reading and for writing."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client()
    client.force_login(user)
    secret = _get_new_csrf_string()
    session = client.cookies["sessionid"].value
    return {"Cookie": f"sessionid={session}; csrftoken={secret}", "X-CSRFToken": secret}


def serve(settings: str = "prepsite.settings") -> tuple[subprocess.Popen, str]:
    """Start granian with a settings module; returns the process and its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *COMMAND, "--host", "127.0.0.1", "--port", str(port),
         "prepsite.wsgi:application"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings}, start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1)
        except urllib.error.HTTPError:
            break  # the bare project answers 404: it is there
        except OSError:
            time.sleep(0.1)
        else:
            break
    else:
        os.killpg(process.pid, signal.SIGKILL)
        sys.exit(f"{settings} did not start.")
    return process, address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
