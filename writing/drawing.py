"""Draw one Mermaid diagram: text on standard input, SVG on standard output.

Runs as a process of its own, which knows nothing of the site: no settings, no database, no secret
in its environment. Before it reads a character it bounds itself (memory, CPU, files) and gives up
sockets and children for good, since what it runs is a large library on text that anyone may send.

Exit codes: 0 drawn; 2 a mistake in the text, the message on standard error; anything else means
that a limit was reached.
"""

import json
import os
import resource
import sys

MISTAKE = 2
MAX_SOURCE = 20_000  # characters
# Address space; a drawing at its peak holds about a third of it.
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10

# The light side of static/css/tokens.css; writing/diagram_colours.py adds the dark one.
THEME = {
    "background": "#ffffff",
    "primaryColor": "#ffffff",
    "primaryTextColor": "#1f1d1a",
    "primaryBorderColor": "#1a6660",
    "secondaryColor": "#f8efe0",
    "secondaryTextColor": "#1f1d1a",
    "secondaryBorderColor": "#8a4f0e",
    "tertiaryColor": "#fbfaf7",
    "tertiaryTextColor": "#1f1d1a",
    "tertiaryBorderColor": "#8b857b",
    "lineColor": "#645f57",
    "textColor": "#1f1d1a",
    "titleColor": "#645f57",
    "clusterBkg": "#fbfaf7",
    "clusterBorder": "#e5e1d8",
    "edgeLabelBackground": "#ffffff",
    "noteBkgColor": "#f8efe0",
    "noteTextColor": "#1f1d1a",
    "noteBorderColor": "#8a4f0e",
    "errorBkgColor": "#faeae7",
    "errorTextColor": "#a12d22",
    "fontSize": "13px",
}
CONFIG = {
    "theme": "base",
    "themeVariables": THEME,
    # What the library measures with is DejaVu Sans; Verdana has the same widths.
    "fontFamily": "Verdana, 'DejaVu Sans', Geneva, sans-serif",
    # Labels as SVG text would be measured word by word: four times the time of a drawing.
    "flowchart": {
        "nodeSpacing": 24,
        "rankSpacing": 38,
        "padding": 8,
        "wrappingWidth": 110,
        "diagramPadding": 12,
        "curve": "basis",
        "subGraphTitleMargin": {"top": 4, "bottom": 8},
    },
    "securityLevel": "strict",
    "maxTextSize": MAX_SOURCE,
    "maxEdges": 300,
}


def bound() -> None:
    """Take the limits on, and refuse sockets and children; neither can be undone."""
    os.nice(10)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS has no RLIMIT_AS that it would honour; the time limits still hold there.
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):
            continue

    def refuse(event: str, _arguments: tuple) -> None:
        if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn",
                             "os.system")):  # fmt: skip
            raise PermissionError(f"{event} is not for a drawing")

    sys.addaudithook(refuse)


def main() -> int:
    bound()
    import mermaidx

    source = sys.stdin.buffer.read().decode()
    try:
        svg = mermaidx.render(source, config=CONFIG).svg()
    except RuntimeError as error:
        sys.stderr.write(str(error))
        return MISTAKE
    sys.stdout.buffer.write(json.dumps({"svg": svg}).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
