"""Hostile files: an error that names the file and a line, or a document; within bounds."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.writing.hostile import GOOD, hostile
from writing.documents import Document, DocumentError, read, write

ROOT = Path(__file__).resolve().parent.parent.parent
MAX_CPU_SECONDS = 5
MAX_MEMORY_KB = 300 * 1024

# Reads the hostile files in a process of its own, whose memory nobody else's tests have filled.
MEASURE = """
import json, resource, sys, time
from tests.writing.hostile import hostile
from writing.documents import DocumentError, read

idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
slowest = (0, "")
for name, source in hostile():
    if len(source) > 10_000_000:
        continue  # Its own size; refused before it is looked at.
    began = time.process_time()
    try:
        read(source, "a.md")
    except DocumentError:
        pass
    slowest = max(slowest, (time.process_time() - began, name))
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle
print(json.dumps({"seconds": slowest[0], "name": slowest[1], "kilobytes": grown}))
"""


def test_every_hostile_file_is_an_error_with_its_place_or_a_document():
    count = refused = 0
    for name, source in hostile():
        count += 1
        try:
            document = read(source, "up.md")
        except DocumentError as error:
            refused += 1
            assert re.match(r"up\.md:\d+: \S.{8,}", str(error)), name
            ends = r"\r\n?|\n" if isinstance(source, str) else rb"\r\n?|\n"
            lines = len(re.findall(ends, source)) + 1
            assert 1 <= error.line <= lines, name
            str(error).encode()
        else:
            assert isinstance(document, Document)
            assert read(write(document), "again.md") == document, name
    assert count >= 300
    # Most of them are refused; the rest are odd but plain text.
    assert refused > count / 3


def test_time_and_memory_stay_within_bounds():
    run = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["seconds"] < MAX_CPU_SECONDS, found
    assert found["kilobytes"] < MAX_MEMORY_KB, found


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"\xff\xfea", "a.md:1: This is not text in UTF-8: save the document as UTF-8 Markdown."),
        (b"# a\n\nb\x00", "a.md:3: A control character (code 0x00): this is not plain text."),
        ("a\n\ud800", "a.md:2: A broken character: half of a surrogate pair."),
        (b"a" * 1_000_001, "a.md:1: The document is larger than 1,000,000 bytes."),
        ("a\n" * 20_001, "a.md:20000: The document has more than 20,000 lines."),
        ("\n" + "a" * 120_001, "a.md:2: A line is longer than 120,000 characters."),
        ("# a\n\n" + "- " * 9 + "b", "a.md:3: Lists or quotes are more than 8 deep."),
        ("|" * 40_001, "a.md:1: The tables have more than 40,000 cells."),
        (("- " * 8 + "a\n") * 19_000, "a.md:4546: The document has too many parts."),
        ("---\na: b\n\nc", 'a.md:1: The front matter is not closed: a line "---" is missing.'),
        ("---\na: b\na: c\n---", 'a.md:3: The key "a" stands twice.'),
        ("---\na: b\nc: &x d\n---", "a.md:3: Anchors and aliases are not allowed."),
        ("---\na: *x\n---", "a.md:2: Anchors and aliases are not allowed."),
        ("---\na: !!str b\n---", "a.md:2: Tags are not allowed."),
        ("---\na: [b]\n---", "a.md:2: A value is text: no lists and no nesting."),
        ("---\n- a\n---", 'a.md:2: The front matter is made of "key: value" lines.'),
        (
            "---\na: 'b\n---",
            "a.md:2: The front matter is not valid: found unexpected end of stream.",
        ),
        (
            "---\na: " + "b" * 16_384 + "\n---",
            "a.md:1: The front matter is longer than 16384 characters.",
        ),
    ],
)
def test_errors_name_the_place(source, message):
    with pytest.raises(DocumentError) as caught:
        read(source, "a.md")
    assert str(caught.value) == message


def test_the_good_file_is_read():
    """Control: what was damaged above is a document when it is not."""
    document = read(GOOD, "good.md")
    assert document.title == "A plan"
    assert document.require("title") == "A plan: eight hours"
