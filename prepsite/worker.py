"""What a worker of `make run` serves: the site, for as long as `prepsite.serve` lives.

A process that is killed cannot stop its children. It does lose its lock, so each worker waits for
that very lock: getting it means that nobody is left to serve for.
"""

import fcntl
import os
import signal
import threading
from pathlib import Path

from prepsite.wsgi import application

__all__ = ["application"]


def _end_with(lock: str) -> None:
    parent = os.getppid()

    def wait() -> None:
        with Path(lock).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            if os.getppid() == parent:
                os.kill(parent, signal.SIGTERM)
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


_end_with(os.environ["PREPSITE_SERVE_LOCK"])
