"""A bar for whoever waits at a terminal; nothing where nobody looks."""

import sys
from typing import TextIO

WIDTH = 30


class Bar:
    """`bar.at(done)` of `total`. Draws over its own line; `end` leaves the line."""

    def __init__(self, total: int, what: str, stream: TextIO | None = None):
        self.total, self.what = max(1, total), what
        self.stream = stream or sys.stderr
        self.shown = -1

    def at(self, done: int, what: str = "") -> None:
        share = min(100, 100 * done // self.total)
        if not self.stream.isatty() or (share == self.shown and not what):
            return
        self.shown = share
        filled = WIDTH * share // 100
        drawn = "█" * filled + "·" * (WIDTH - filled)
        self.stream.write(f"\r{drawn} {share:3} %  {what or self.what}\033[K")
        self.stream.flush()

    def end(self) -> None:
        if self.stream.isatty():
            self.stream.write("\r\033[K")
            self.stream.flush()
