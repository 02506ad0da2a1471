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


def _end_without(lock: Path) -> None:
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        # The application server and its workers are a process group of their own. Asking them
        # nicely would leave out a worker that is not yet up to listening.
        os.killpg(0, signal.SIGKILL)


_lock = Path(os.environ["PREPSITE_SERVE_LOCK"])
threading.Thread(target=_end_without, args=[_lock], daemon=True).start()
