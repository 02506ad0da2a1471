"""Diagrams: Mermaid text to a picture, drawn on the server, once.

Text that holds a diagram is given an address when it is rendered or saved (`figure`,
`remember`); the drawing, a second of work, is made in the background when that address is first
asked for, one at a time, and kept. No page and no save waits for it.
"""

import hashlib
import json
import logging
import queue
import re
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from writing import drawing
from writing.diagram_svg import finish
from writing.diagram_words import in_words
from writing.text import clean_text

log = logging.getLogger(__name__)

MAX_SOURCE = drawing.MAX_SOURCE
MAX_SVG = 2_000_000
# Drawing takes about one second of a free core; a busy machine is given its time.
WALL_SECONDS = 20
MAX_WAITING = 50
# How long a drawing that was only tried out stays, and how many such go at a time.
TRIED_FOR = timedelta(days=1)
SWEEP = 50
# One drawing at a time on the whole site; any number will do, as long as nobody else uses it.
LOCK = 2_026_11_21

TOO_LONG = f"The diagram is longer than {MAX_SOURCE:,} characters: draw a part of it."
TOO_SLOW = "The diagram takes too long to draw: leave some of it out."
TOO_LARGE = "The diagram is too large to draw: leave some of it out."


class Diagram(models.Model):
    """The text of a diagram and, once drawn, its SVG or the `problem` that kept it from being."""

    digest = models.CharField(max_length=64, primary_key=True, editable=False)
    source = models.TextField(editable=False)
    svg = models.TextField(blank=True, editable=False)
    problem = models.TextField(blank=True, editable=False)
    # Part of a stored text. What was only tried out goes after a day.
    kept = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    drawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at"], condition=models.Q(drawn_at=None), name="diagram_waiting"
            ),
            models.Index(fields=["made_at"], condition=models.Q(kept=False), name="diagram_tried"),
        ]

    def __str__(self) -> str:
        return self.source[:80]

    @property
    def url(self) -> str:
        return reverse("writing:diagram", args=[self.digest])

    @property
    def state_url(self) -> str:
        return reverse("writing:diagram-state", args=[self.digest])

    @property
    def words(self) -> str:
        return in_words(self.source)


def canonical(source: str) -> str:
    """`source` as it is drawn and counted: clean, no blank lines around, no spaces at line ends."""
    return "\n".join(line.rstrip() for line in clean_text(source).strip("\n").split("\n")).strip()


def digest_of(source: str) -> str:
    """The part of the address that stands for `source`: its SHA-256 in hexadecimal."""
    return hashlib.sha256(canonical(source).encode()).hexdigest()


def remember(source: str, *, kept: bool = True) -> Diagram:
    """A row for `source`, not drawn yet if it is new. Draws nothing.

    One query. A trial (`kept` false) takes a second one, which removes some of the old trials; one
    that is tried again starts its day anew.
    """
    diagram = Diagram(digest=digest_of(source), source=canonical(source), kept=kept)
    if kept:
        Diagram.objects.bulk_create(
            [diagram], update_conflicts=True, unique_fields=["digest"], update_fields=["kept"]
        )
    else:
        Diagram.objects.bulk_create(
            [diagram], update_conflicts=True, unique_fields=["digest"], update_fields=["made_at"]
        )
        sweep(diagram.made_at)
    return diagram


def sweep(now: datetime) -> int:
    """Remove up to SWEEP trials older than TRIED_FOR at `now`, the oldest first; how many went.

    One query over the index of trials.
    """
    old = Diagram.objects.filter(kept=False, made_at__lt=now - TRIED_FOR)
    # Asked twice on purpose: a trial that becomes part of a text meanwhile fails the outer one.
    some = old.order_by("made_at").values("digest")[:SWEEP]
    return old.filter(digest__in=some).delete()[0]


def forget_unused() -> int:
    """Remove the diagrams that no stored text shows any more, and all trials; how many went.

    A diagram has no owner, so this is how those of an erased account go. Reads every table that
    holds HTML or diagrams once. What an old version shows is remembered again when it is restored.
    """
    used = _used()
    gone = [pk for pk in Diagram.objects.values_list("pk", flat=True) if pk not in used]
    return Diagram.objects.filter(pk__in=gone).delete()[0]


def _used() -> set[str]:
    address = reverse("writing:diagram", args=["0" * 64]).partition("0")[0]
    named = re.compile(rf"{re.escape(address)}([0-9a-f]{{64}})")
    used: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            rows = model._base_manager.order_by().values_list(field.name, flat=True)
            if field.name == "diagram" and isinstance(field, models.TextField):
                used |= {digest_of(source) for source in rows.exclude(diagram="").iterator()}
            elif hasattr(field, "render") or isinstance(field, models.JSONField):
                holds = rows.annotate(_said=Cast(field.name, models.TextField()))
                for value in holds.filter(_said__contains=address).iterator():
                    used |= set(named.findall(str(value)))
    return used


def figure(source: str) -> SafeString:
    """`picture(source)` of a diagram that is remembered first (one query)."""
    if 0 < len(canonical(source)) <= MAX_SOURCE:
        remember(source)
    return picture(source)


def picture(source: str) -> SafeString:
    """HTML of the diagram `source`: the picture, which opens in full, and its text.

    Asks the database nothing: for a source that was remembered when it was saved. Empty without
    any text; with too much of it, a sentence that says so and the text.
    """
    source = canonical(source)
    if not source:
        return SafeString("")
    if len(source) > MAX_SOURCE:
        return format_html("<p>{}</p><pre><code>{}</code></pre>", TOO_LONG, source)
    diagram = Diagram(digest=digest_of(source), source=source)
    return format_html(
        '<figure class="diagram"><a href="{url}"><img src="{url}" alt="{words}"></a>'
        "<details><summary>The diagram as text</summary><pre><code>{source}</code></pre></details>"
        "</figure>",
        url=diagram.url,
        words=diagram.words,
        source=source,
    )


class Mistake(ValueError):
    """The text cannot be drawn; the message says why, in words for the person who wrote it."""


def draw(source: str) -> str:
    """The SVG of `source`, in both colour schemes. Takes about a second, in a process of its own.

    Raises Mistake.
    """
    source = canonical(source)
    if not source:
        raise Mistake("There is nothing to draw yet.")
    if len(source) > MAX_SOURCE:
        raise Mistake(TOO_LONG)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(drawing.__file__))],
            input=source.encode(), capture_output=True, check=False, timeout=WALL_SECONDS,
            env={}, cwd="/", start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Mistake(TOO_SLOW) from error
    if done.returncode == drawing.MISTAKE:
        raise Mistake(explain(done.stderr.decode(errors="replace"), source))
    if done.returncode:
        log.warning("a drawing ended with %s: %s", done.returncode, done.stderr[-500:].decode())
        raise Mistake(TOO_LARGE)
    svg = finish(json.loads(done.stdout)["svg"])
    if len(svg) > MAX_SVG:
        raise Mistake(TOO_LARGE)
    return svg


_AT_LINE = re.compile(r"(?:Parse|Lexical) error on line (\d+)")


def explain(message: str, source: str) -> str:
    """What Mermaid says about a mistake in `source`, as one sentence that names the line."""
    if found := _AT_LINE.search(message):
        lines = source.split("\n")
        number = min(max(int(found[1]), 1), len(lines))
        line = lines[number - 1].strip()
        return f"Line {number} is not understood, or something before it is missing: {line}"
    if "No diagram type detected" in message:
        return "The first line must say what kind of diagram this is, for example: flowchart LR."
    if "out of memory" in message or "stack" in message:
        return TOO_LARGE
    return "Mermaid cannot draw this. Text in a label that looks like HTML is a common reason."


def draw_row(digest: str, *, again: bool = False) -> None:
    """Draw the diagram `digest` unless that is done, and keep the result. Waits for its turn.

    `again` draws it once more. An unknown digest is nothing to do.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        row = Diagram.objects.filter(digest=digest).first()
        if row is None or (row.drawn_at and not again):
            return
        try:
            row.svg, row.problem = draw(row.source), ""
        except Mistake as mistake:
            row.svg, row.problem = "", str(mistake)
        # Not save: a trial may have been swept away meanwhile, and that is no failure.
        Diagram.objects.filter(digest=digest).update(
            svg=row.svg, problem=row.problem, drawn_at=timezone.now()
        )


def draw_soon(digest: str) -> bool:
    """Have `digest` drawn in the background. False when too many wait already."""
    if not settings.PREPSITE_BACKGROUND_DRAWING:
        draw_row(digest)
        return True
    return _artist.ask(digest)


class Artist:
    """A thread of this process that draws what is asked for, and then what is left over.

    Started at the first request, so that it lives in the process that serves, not in the one
    that forked it.
    """

    def __init__(self):
        self.waiting: queue.Queue[str] = queue.Queue(MAX_WAITING)
        self.asked: set[str] = set()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def ask(self, digest: str) -> bool:
        with self.lock:
            if digest in self.asked:
                return True
            try:
                self.waiting.put_nowait(digest)
            except queue.Full:
                return False
            self.asked.add(digest)
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="artist", daemon=True)
                self.thread.start()
            return True

    def run(self) -> None:
        while True:
            digest = self.waiting.get()
            try:
                draw_row(digest)
                if self.waiting.empty() and (left := next_waiting()):
                    self.ask(left)
            except Exception:
                # The next request asks again; the thread must live.
                log.exception("drawing failed")
            finally:
                with self.lock:
                    self.asked.discard(digest)
                connection.close()


def next_waiting() -> str | None:
    """The digest of a diagram of some stored text that nobody has drawn yet, the oldest."""
    rows = Diagram.objects.filter(drawn_at=None, kept=True).order_by("made_at")
    return rows.values_list("digest", flat=True).first()


_artist = Artist()
