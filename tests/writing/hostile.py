"""Files that nobody writes as a document, to be refused by name or read as what they say."""

import gzip
import io
import itertools
import random
import zipfile
from collections.abc import Iterator

SIZE = 999_000
LINES = 19_990

GOOD = """---
id: a-plan
title: "A plan: eight hours"
---
# A plan

**Goal:** Sound calm.

## Morning (2–3 hours)

1. **Networks**
   * [ ] Routing 🕐
   * [x] Names

| a | b |
|---|---|
| 1 | 2 |

> Quoted

```text
code
```
""".encode()

YAML = [
    "a: &x b\nc: *x",
    "a: &a [b, b]\nb: &b [*a, *a]\nc: &c [*b, *b]",
    "*x : y",
    "&x a: b",
    "a: !!str b",
    "a: !!python/object/apply:os.system ['id']",
    "!!python/name:os.system a: b",
    "a: !<tag:yaml.org,2002:str> b",
    "<<: {a: b}",
    "a: {b: c}",
    "a: [b]",
    "a:\n  b: c",
    "a:\n- b",
    "- a\n- b",
    "just text",
    "a: b\na: c",
    "? a\n: b",
    "? [a]\n: b",
    "a: 'open",
    'a: "open',
    "a: b: c",
    "\ta: b",
    "a: |\n  text\n  more",
    "a: >\n  text",
    "%YAML 1.1",
    "%TAG ! tag:x,2000:\na: b",
    "a: @b",
    "a: `b`",
    "{a: b}",
    "[a, b]",
    "a: b # comment",
    "'a': b",
    "1: b",
    "é: b",
    "a b c: d",
    ": a",
    "a:",
    "...\na: b",
    'a: "\\ud800"',
    'a: "\\x00"',
    'a: "\\u0007"',
    "a: ~",
    "a: 2026-01-01",
    "a: " + "[" * 5000,
    "a: " + "{" * 5000,
    "? " * 4000,
    "- " * 4000,
    "a: " + "'" * 16_000,
    'a: "' + "\\" * 16_000,
    "a: " + "&x " * 5000,
    "a: " + "!" * 16_000,
    "\n".join(f"k{n}: v" for n in range(1500)),
    "a: b\n" * 3000,
    "x" * 20_000 + ": y",
    "a: " + "b" * 20_000,
    "\n".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)),
]
UNITS = [
    "> ",
    ">",
    "- ",
    "* ",
    "1. ",
    "#",
    "# ",
    "a|",
    "|a",
    "|",
    "- > ",
    "[",
    "](",
    "![",
    "`",
    "~",
    "*",
    "_",
    "    ",
    "\t",
    "- [ ] ",
    "<",
    "<!--",
    "&amp;",
    "\\",
    "a",
    "é",
    "😀",
    "=",
    "-",
    "---\n",
    "```\n",
    "a\n\n",
    "- a\n  ",
    "1. a\n   ",
    "a|b\n-|-\n",
    "\r",
    "\u0301",
    "a\u0301\u0316",
    "\u2028",
    "\ufeff",
    "\u202e",
]


def _repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _archives() -> Iterator[tuple[str, bytes]]:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", b"\0" * 20_000_000)
        archive.writestr("../../etc/passwd", "x")
    yield "bomb.zip", bomb.getvalue()
    yield "bomb.gz", gzip.compress(b"a" * 20_000_000)
    for magic in (
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"%PDF-1.7\n\xe2\xe3",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"\x7fELF\x02",
        b"MZ\x90\x00",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf",
        b"\xd0\xcf\x11\xe0",
        b"SQLite format 3\0",
    ):
        yield f"magic {magic[:4]!r}", magic + GOOD


def _encodings() -> Iterator[tuple[str, bytes | str]]:
    text = GOOD.decode()
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-7",
        "cp1252",
        "latin-1",
        "cp037",
        "utf-8-sig",
    ):
        yield encoding, text.encode(encoding, "replace")
    for bad in (
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf5\x80\x80\x80",
        b"\xe2\x82",
        b"\x80",
        b"\xf0\x9f\x98",
        b"\xfe\xff",
    ):
        for place in (0, 4, len(GOOD) // 2, len(GOOD)):
            yield f"bad {bad!r} at {place}", GOOD[:place] + bad + GOOD[place:]
    for surrogate in ("\ud800", "\udfff", "\ude00\ud83d"):
        yield "surrogate", text + surrogate
        yield "surrogate in front matter", text.replace("eight", surrogate)
    for code in (*range(9), 11, 12, *range(14, 32), 127):
        yield f"control {code}", text.replace("calm", "ca" + chr(code) + "lm").encode()
        if code % 4 == 0:
            yield f"control {code} in front matter", text.replace("eight", chr(code)).encode()


def _damaged() -> Iterator[tuple[str, bytes]]:
    for cut in range(0, len(GOOD), 7):
        yield f"cut at {cut}", GOOD[:cut]
    chance = random.Random(12)
    for number in range(60):
        damaged = bytearray(GOOD)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        yield f"damaged {number}", bytes(damaged)


def _large() -> Iterator[tuple[str, bytes | str]]:
    yield "one line of 50 MB", b"a" * 50_000_000
    yield "one line of 50 MB as text", "a" * 50_000_000
    yield "too many lines", b"\n" * 30_000
    for unit in UNITS:
        yield f"{unit!r} repeated", _repeated(unit, SIZE // 4)
        line = _repeated(unit, 48).replace("\n", " ").replace("\r", " ")
        yield f"{unit!r} on every line", f"{line}\n" * (LINES // 4)
    yield "table, columns", "|a" * 5000 + "\n" + "|-" * 5000 + "\n" + "|\n" * 5000
    yield "table, rows", "|a|b|\n|-|-|\n" + "|1|2|\n" * 12_000
    yield "table, full", ("|a" * 64 + "\n" + "|-" * 64 + "\n") + ("|a" * 64 + "\n") * 7_700
    yield "table, cells", "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 15_000


def _deep() -> Iterator[tuple[str, str]]:
    for depth in (8, 9, 16, 17, 100, 2000):
        yield f"lists on a line, {depth}", "- " * depth + "a"
        yield f"quotes on a line, {depth}", "> " * depth + "a"
        yield (
            f"lists as stairs, {depth}",
            "".join("  " * n + "- a\n" for n in range(min(depth, 600))),
        )
        yield (
            f"numbers as stairs, {depth}",
            "".join("   " * n + "1. a\n" for n in range(min(depth, 400))),
        )
    # The most that is allowed, on as many lines as are allowed.
    yield "quotes everywhere", ("> " * 16 + "a\n") * LINES
    yield "lists everywhere", ("- " * 8 + "a\n") * LINES
    yield "stairs everywhere", "".join("  " * (n % 8) + "- a\n" for n in range(LINES))
    yield "lazy lines", "> " * 16 + "a\n" + "b\n" * LINES


def hostile() -> Iterator[tuple[str, bytes | str]]:
    """(what it is, the file); more than 300 of them."""
    for number, yaml in enumerate(YAML):
        yield f"front matter {number}", f"---\n{yaml}\n---\n# A\n"
        yield f"open front matter {number}", f"---\n{yaml}\n# A\n"
    for name in (
        "../../etc/passwd",
        "C:\\Windows\\x",
        "/dev/zero",
        "file:///etc/passwd",
        "a\0b",
        "~/.ssh/id_rsa",
        "$(id)",
    ):
        yield "a path", name
    yield from itertools.chain(_archives(), _encodings(), _damaged(), _large(), _deep())
