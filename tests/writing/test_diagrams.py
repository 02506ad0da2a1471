"""Diagrams: drawn once, in bounds, in both colour schemes, and never the end of a page."""

import re
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.waiting import until
from writing import diagrams, drawing
from writing.diagram_colours import DARK, dark_of, follow_scheme
from writing.diagram_svg import finish
from writing.diagrams import Diagram, Mistake, draw, explain, figure, remember
from writing.markdown import to_html

CHART = "flowchart LR\n  app[Mobile app] --> api[API]"


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """What was given to be drawn; each drawing is a dot instead of a second of work."""
    seen: list[str] = []

    def dot(source):
        seen.append(source)
        if "mistake" in source:
            raise Mistake("Line 2 is not understood.")
        return '<svg xmlns="http://www.w3.org/2000/svg"/>'

    monkeypatch.setattr(diagrams, "draw", dot)
    return seen


# The drawing itself.


def test_a_chart_becomes_an_svg_with_its_labels():
    svg = draw(CHART)
    assert svg.startswith("<svg") and "Mobile app" in svg and "API" in svg
    assert "<script" not in svg and "http://" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("flowchart LR\n  a --> b\n  b -->[c", "Line 3 is not understood"),
        ("flowchart LR\n  a[foo (bar)] --> b", "Line 2 is not understood"),
        ("hello", "The first line must say what kind of diagram this is"),
        (" \n", "nothing to draw"),
        ("flowchart LR\n" + "a --> b\n" * 3000, "longer than 20,000 characters"),
    ],
)
def test_a_mistake_says_what_to_do(source, said):
    with pytest.raises(Mistake, match=said):
        draw(source)


def test_other_messages_of_mermaid_have_words_too():
    assert "looks like HTML" in explain("mermaid.render() produced no output", CHART)
    assert explain("InternalError: out of memory", CHART) == diagrams.TOO_LARGE
    assert explain("Parse error on line 99:", CHART).startswith("Line 2 ")


def _child(code: str) -> subprocess.CompletedProcess:
    """Run `code` after the drawing process took its limits on."""
    script = f"import runpy, sys; m = runpy.run_path({str(Path(drawing.__file__))!r})\n{code}"
    return subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True)


@pytest.mark.parametrize("act", [
    "import socket; socket.socket()",
    "import subprocess; subprocess.run(['true'])",
    "import os; os.system('true')",
    "open('/tmp/prepsite-drawing', 'w', buffering=1).write('x\\n')",
    "bytearray(1_500_000_000)",
])  # fmt: skip
def test_the_process_can_do_nothing_but_draw(act):
    # Control: without its limits it can do each of them.
    assert _child(act.replace("prepsite-drawing", "prepsite-drawing-control")).returncode == 0
    assert _child(f"m['bound'](); {act}").returncode != 0
    Path("/tmp/prepsite-drawing-control").unlink(missing_ok=True)
    Path("/tmp/prepsite-drawing").unlink(missing_ok=True)


def test_a_drawing_that_never_ends_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(drawing, "__file__", str(slow))
    monkeypatch.setattr(diagrams, "WALL_SECONDS", 0.5)
    with pytest.raises(Mistake, match="too long to draw"):
        draw(CHART)


def test_a_process_that_dies_is_a_message(monkeypatch, tmp_path):
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr(drawing, "__file__", str(dying))
    with pytest.raises(Mistake, match="too large"):
        draw(CHART)


# Colours.


def test_every_colour_has_a_dark_side_and_words_stay():
    svg = follow_scheme(
        '<svg style="background-color: transparent;"><style>.a{fill:#1f1d1a;stroke:rgba(0, 0, 0, '
        '0.5);}</style><rect fill="#FFF" stroke="url(#abc)"/><text>fill:#1f1d1a</text></svg>'
    )
    assert ".a{fill:var(--d1);stroke:var(--d2);}" in svg
    assert 'fill="var(--d3)"' in svg and 'stroke="url(#abc)"' in svg
    assert "<text>fill:#1f1d1a</text>" in svg
    light, dark = svg.split("@media (prefers-color-scheme:dark)")
    assert "--d1:#1f1d1a" in light and f"--d1:{DARK['#1f1d1a']}" in dark
    assert "--d2:rgba(235,235,235,0.5)" in dark


def test_a_drawing_has_a_size_of_its_own():
    svg = finish('<svg width="100%" viewBox="-4 -10 1295.9 756.4"><g/></svg>')
    assert svg.startswith('<svg width="1296" height="756" viewBox="-4 -10 1295.9 756.4"><style>')


def test_the_title_of_a_group_stands_at_its_left():
    svg = draw("flowchart TB\n subgraph g[Group]\n a --> b\n end\n c --> a")
    group = re.search(r'class="cluster" .*?<rect [^>]*?x="([\d.]+)".*?translate\(([\d.]+),', svg)
    assert float(group[2]) == pytest.approx(float(group[1]) + 10, abs=0.01)


@pytest.mark.parametrize(("light", "dark"), [
    ("#1a6660", "#7ccabd"), ("white", "#1e1d1a"), ("#000", "rgba(235,235,235,1)"),
    ("hsl(0, 0%, 100%)", "rgba(26,26,26,1)"), ("rgb(300, 0, x)", "rgba(235,235,235,1)"),
])  # fmt: skip
def test_dark_of(light, dark):
    assert dark_of(light) == dark


def test_our_pairs_are_those_of_the_site():
    tokens = Path("static/css/tokens.css").read_text()
    for light, dark in DARK.items():
        assert f"light-dark({light}, {dark})" in tokens
    assert {c for c in drawing.THEME.values() if c.startswith("#")} <= set(DARK)


# In texts.


def test_a_fence_becomes_a_picture_with_its_text(db):
    html = to_html(f"Before.\n\n```mermaid\n{CHART}\n```\n\nAfter.")
    row = Diagram.objects.get()
    assert (row.source, row.kept, row.drawn_at) == (CHART, True, None)
    url = reverse("writing:diagram", args=[row.digest])
    assert f'<img src="{url}" alt="Diagram: Mobile app to API.">' in html
    assert f'<a href="{url}" rel="noopener nofollow">' in html
    assert "<details><summary>The diagram as text</summary><pre><code>flowchart LR" in html


def test_the_same_text_is_one_diagram(db, django_assert_num_queries):
    with django_assert_num_queries(2):  # The second removes old trials.
        remember(CHART, kept=False)
    with django_assert_num_queries(1):
        figure(f"\n{CHART}  \r\n\n")
    assert Diagram.objects.get().kept


def test_markup_in_a_diagram_stays_text(db):
    html = to_html('```mermaid\nflowchart LR\n a["<script>x</script>"] --> b\n```')
    assert "<script" not in html and "&lt;script&gt;" in html


def test_too_long_a_diagram_is_shown_as_text(db):
    html = figure("flowchart LR\n" + "a --> b\n" * 3000)
    assert "longer than 20,000 characters" in html and "<img" not in html
    assert not Diagram.objects.exists()


# The address of a picture.


@pytest.fixture
def client(client_of, alice):
    return client_of(alice)


def test_the_picture(client, drawn, db):
    url = remember(CHART).url
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    client.get(url)
    assert drawn == [CHART]


def test_a_drawn_picture_costs_one_query(client, drawn, django_assert_num_queries):
    url = remember(CHART).url
    client.get(url)
    with django_assert_num_queries(3):  # session, user, picture
        client.get(url)


def test_while_it_is_drawn_there_is_a_stand_in(client, monkeypatch):
    monkeypatch.setattr(diagrams, "draw_soon", lambda digest: True)
    response = client.get(remember(CHART).url)
    assert response.status_code == 202 and response["Cache-Control"] == "no-store"
    assert b"being drawn" in response.content and b'width="361" height="121"' in response.content


def test_a_mistake_is_shown_in_its_place(client, drawn):
    response = client.get(remember("flowchart LR\n mistake <b>").url)
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert b"Line 2 is not understood." in response.content


def test_strangers_and_unknown_diagrams(client, db):
    row = remember(CHART)
    assert client.get(reverse("writing:diagram", args=["0" * 64])).status_code == 404
    assert client.get(reverse("writing:diagram-state", args=["0" * 64])).status_code == 404
    client.logout()
    for address in (row.url, row.state_url, reverse("writing:diagram-preview")):
        assert client.get(address).status_code == 302
    assert not Diagram.objects.get().drawn_at


# Trying one out.

FETCH = {"X-Requested-With": "fetch"}
HTMX = {"HX-Request": "true"}


def test_trying_a_diagram(client, drawn):
    address = reverse("writing:diagram-preview")
    answer = client.post(address, {"text": CHART}, headers=FETCH).json()
    row = Diagram.objects.get()
    assert answer == {"state": "drawn", "problem": "", "url": row.url, "check": row.state_url}
    assert not row.kept
    fragment = client.post(address, {"text": CHART}, headers=HTMX).content.decode()
    assert f'<img src="{row.url}"' in fragment and "<html" not in fragment
    assert "<html" in client.post(address, {"text": CHART}).content.decode()
    assert drawn == [CHART]


def test_trying_a_mistake_and_nothing(client, drawn):
    address = reverse("writing:diagram-preview")
    answer = client.post(address, {"text": "flowchart LR\nmistake"}, headers=FETCH)
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["url"]) == ("problem", "")
    assert answer.json()["problem"] == "Line 2 is not understood."
    assert client.post(address, {"text": " "}, headers=FETCH).json()["state"] == "empty"
    long = client.post(address, {"text": "a" * 20_001}, headers=FETCH).json()
    assert long["problem"] == diagrams.TOO_LONG
    assert client.get(address).status_code == 200


def test_a_drawing_under_way_is_asked_for_again(client, monkeypatch, drawn):
    monkeypatch.setattr(diagrams, "draw_soon", lambda digest: True)
    address = reverse("writing:diagram-preview")
    response = client.post(address, {"text": CHART}, headers=HTMX)
    row = Diagram.objects.get()
    assert response.status_code == 202
    assert f'hx-get="{row.state_url}"' in response.content.decode()
    diagrams.draw_row(row.digest)
    assert f'<img src="{row.url}"' in client.get(row.state_url, headers=HTMX).content.decode()


def test_too_many_tries_wait_a_minute(client, drawn):
    address = reverse("writing:diagram-preview")
    codes = [
        client.post(address, {"text": f"flowchart LR\n a{n}"}, headers=FETCH).status_code
        for n in range(61)
    ]
    assert codes == [200] * 60 + [429]
    assert len(drawn) == 60
    # What is drawn already costs nothing and is still shown.
    assert client.post(address, {"text": "flowchart LR\n a1"}, headers=FETCH).status_code == 200


def test_a_full_queue_says_so(client, monkeypatch):
    monkeypatch.setattr(diagrams, "draw_soon", lambda digest: False)
    response = client.post(reverse("writing:diagram-preview"), {"text": CHART}, headers=FETCH)
    assert response.status_code == 503 and "Try again soon" in response.json()["problem"]


# All that wait.


def test_drawing_what_waits(drawn, db):
    def run(**options):
        out = StringIO()
        call_command("draw_diagrams", stdout=out, **options)
        return out.getvalue().splitlines()

    remember(CHART), remember("flowchart LR\n mistake"), remember("flowchart\n tried", kept=False)
    assert run()[-1] == "drew 2 diagrams, 1 with a problem"
    assert run() == ["drew 0 diagrams, 0 with a problem"]
    assert run(again=True)[-1] == "drew 2 diagrams, 1 with a problem"
    assert len(drawn) == 4


def _made(source: str, ago: timedelta, *, kept: bool = False) -> None:
    row = remember(source, kept=kept)
    Diagram.objects.filter(digest=row.digest).update(made_at=timezone.now() - ago)


def _sources() -> set[str]:
    return set(Diagram.objects.values_list("source", flat=True))


def test_a_trial_goes_after_a_day_and_a_kept_diagram_stays(db):
    _made("flowchart LR\n kept", timedelta(days=400), kept=True)
    _made("flowchart LR\n young", timedelta(hours=23))
    _made("flowchart LR\n old", timedelta(hours=25))
    remember(CHART)
    assert "flowchart LR\n old" in _sources()  # Only trials sweep.
    remember("flowchart LR\n new", kept=False)
    assert _sources() == {
        CHART, "flowchart LR\n kept", "flowchart LR\n young", "flowchart LR\n new"
    }  # fmt: skip


def test_what_is_tried_again_keeps_its_drawing(drawn, db):
    row = remember(CHART, kept=False)
    diagrams.draw_row(row.digest)
    Diagram.objects.update(made_at=timezone.now() - timedelta(days=3))
    remember(CHART, kept=False)
    assert Diagram.objects.get().svg


def test_a_sweep_is_bounded_and_takes_the_oldest(db, monkeypatch):
    monkeypatch.setattr(diagrams, "SWEEP", 2)
    for days in (2, 5, 4, 3):
        _made(f"flowchart LR\n {days}", timedelta(days=days))
        Diagram.objects.update(kept=True)  # So that none goes before all are there.
    Diagram.objects.update(kept=False)
    assert diagrams.sweep(timezone.now()) == 2
    assert _sources() == {"flowchart LR\n 2", "flowchart LR\n 3"}


def test_a_trial_swept_while_it_is_drawn_is_no_failure(db, monkeypatch):
    row = remember(CHART, kept=False)

    def draw(source):
        Diagram.objects.all().delete()
        return "<svg/>"

    monkeypatch.setattr(diagrams, "draw", draw)
    diagrams.draw_row(row.digest)
    assert not Diagram.objects.exists()


# The thread.


@pytest.mark.django_db(transaction=True)
def test_the_artist_draws_what_is_asked_and_then_the_rest(drawn):
    asked, rest, tried = remember("flowchart LR\n a"), remember("flowchart LR\n b"), "flowchart\n c"
    remember(tried, kept=False)
    artist = diagrams.Artist()
    assert artist.ask(asked.digest)
    until(
        lambda: Diagram.objects.exclude(drawn_at=None).count() == 2 and not artist.asked,
        "the artist is done",
    )
    assert drawn == [asked.source, rest.source]


@pytest.mark.django_db(transaction=True)
def test_a_failure_does_not_end_the_artist(drawn, monkeypatch, caplog):
    row = remember(CHART)
    artist = diagrams.Artist()
    with monkeypatch.context() as patched:
        patched.setattr(diagrams, "draw", lambda source: 1 / 0)
        artist.ask(row.digest)
        until(lambda: "drawing failed" in caplog.text and not artist.asked, "the artist is done")
    artist.ask(row.digest)
    until(lambda: Diagram.objects.get().drawn_at and not artist.asked, "the artist is done")


def test_the_artist_takes_only_so_many(monkeypatch):
    artist = diagrams.Artist()
    monkeypatch.setattr(artist, "run", lambda: time.sleep(0.01))
    assert [artist.ask(str(n)) for n in range(52)] == [True] * 50 + [False] * 2
    assert artist.ask("3")
