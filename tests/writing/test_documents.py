"""Documents: what is read, and that writing and reading are each other's inverse."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.writing.strategies import SHARE, texts
from tests.writing.strategies import documents as generated
from writing.documents import (
    Document,
    DocumentError,
    Fence,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
    from_text,
    items,
    read,
    read_file,
    to_text,
    walk,
    write,
)
from writing.documents.escapes import escape_heading, escape_line, unescape_heading, unescape_line

often = settings(max_examples=1000 // SHARE, deadline=None, suppress_health_check=list(HealthCheck))
sometimes = settings(often, max_examples=300)


@pytest.mark.long
@often
@given(generated)
def test_what_is_written_is_read_again(document):
    text = write(document)
    again = read(text, "again.md")
    assert again == document
    assert write(again) == text


@sometimes
@given(texts)
def test_whatever_is_read_settles_after_one_writing(text):
    try:
        document = read(text, "any.md")
    except DocumentError:
        return
    once = write(document)
    assert read(once, "once.md") == document
    assert write(read(once, "once.md")) == once


@sometimes
@given(texts)
def test_a_text_inside_a_document_is_kept_to_the_letter(text):
    document = Document("T", [Section(2, "S", from_text(text)), Section(2, "After")])
    section, after = read(write(document), "a.md").nodes
    assert to_text(section.children) == text
    assert after.text == "After"


@sometimes
@given(texts)
def test_escapes_are_undone_exactly(text):
    for line in text.split("\n"):
        for box in (False, True):
            assert unescape_line(escape_line(line, box=box), box=box) == line
        assert unescape_heading(escape_heading(line)) == line


DAY = """\
---
id: one-day
summary: "Eight hours: what to do"
---
# 🗓 The day

**Goal:** Sound calm.

---

## Morning (2–3 hours) → **Networks**

1. **Routing**
   * Longest prefix wins.
   * [x] BGP
     and what it costs

     A second thought.
2. **Names**
   1. TTL

> | Signal | Means |
> |---|:-:|
> | **a** | b \\| c |

👉 Draw it:
❌ no words
```text
client -> server
```

# Evening
- [ ] Sleep
"""


def test_a_document_as_people_write_it():
    document = read(DAY, "day.md")
    assert document.meta == {"id": "one-day", "summary": "Eight hours: what to do"}
    assert document.title == "🗓 The day"
    goal, rule, morning, evening = document.nodes
    assert goal == Paragraph("**Goal:** Sound calm.")
    assert rule == Rule()
    assert (morning.level, morning.text) == (2, "Morning (2–3 hours) → **Networks**")
    listing, quote, tip, code = morning.children
    assert listing == List(
        [
            Item(
                "**Routing**",
                None,
                [
                    List(
                        [
                            Item("Longest prefix wins."),
                            Item("BGP\nand what it costs", True, [Paragraph("A second thought.")]),
                        ]
                    )
                ],
            ),
            Item("**Names**", None, [List([Item("TTL")], ordered=True)]),
        ],
        ordered=True,
    )
    assert quote == Quote([Table(["Signal", "Means"], [["**a**", "b | c"]], ["", "center"])])
    assert tip.text == "👉 Draw it:\n❌ no words"
    assert code == Fence("text", "client -> server")
    assert evening == Section(1, "Evening", [List([Item("Sleep", False)])])


def test_every_part_knows_its_line():
    document = read(DAY, "day.md")
    lines = DAY.split("\n")
    assert document.meta_lines == {"id": 2, "summary": 3}
    for node in walk(document.nodes):
        if isinstance(node, Section):
            assert lines[node.line - 1].endswith(node.text)
    found = {item.text.split("\n")[0]: item.line for _, item in items(document.nodes[2].children)}
    assert found == {
        "**Routing**": 13,
        "Longest prefix wins.": 14,
        "BGP": 15,
        "**Names**": 19,
        "TTL": 20,
    }
    assert lines[document.nodes[2].children[3].line - 1] == "```text"


def test_items_come_with_their_depth():
    document = read("- a\n  - b\n    1. c\n- d\n\n1. e", "a.md")
    assert [(depth, item.text) for depth, item in items(document.nodes)] == [
        (0, "a"),
        (1, "b"),
        (2, "c"),
        (0, "d"),
        (0, "e"),
    ]


@pytest.mark.parametrize(
    ("source", "nodes"),
    [
        ("a  \nb\\\nc   ", [Paragraph("a  \nb\\\nc")]),
        ("    code\n", [Fence("", "code")]),
        ("[a]: /b", [Paragraph("[a]: /b")]),
        ("text\n\nTwo\nlines #\n---", [Paragraph("text"), Section(2, "Two lines #")]),
        ("- [ ]\n- [y] a\n- [x]b", [List([Item("", False), Item("[y] a"), Item("[x]b")])]),
        ("3) a\n4) b", [List([Item("a"), Item("b")], ordered=True, start=3)]),
        ("- a\n\n\n+ b", [List([Item("a")]), List([Item("b")])]),
        ("-\n  ```\n  x\n  ```", [List([Item("", None, [Fence("", "x")])])]),
        ("**Questions:**\n1.  \n2.  ", [Paragraph("**Questions:**\n1.  \n2.")]),
        ("<script>\nx\n</script>", [Paragraph("<script>\nx\n</script>")]),
        ("| a |\n|---|\n| 1 | 2 |\n||", [Table(["a"], [["1"], [""]])]),
    ],
)
def test_reading(source, nodes):
    assert read(source, "a.md") == Document(nodes=nodes)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (Document(), ""),
        (
            Document("T", [Section(2, "A", [Paragraph("b")])], {"id": "x", "n": "3"}),
            "---\nid: x\nn: '3'\n---\n\n# T\n\n## A\n\nb\n",
        ),
        (
            Document(nodes=[List([Item("a", True, [List([Item("b")])]), Item("c", False)])]),
            "- [x] a\n  - b\n- [ ] c\n",
        ),
        (
            Document(nodes=[List([Item("a", None, [Fence("py", "x\n\ny")])], True, 9)]),
            "9. a\n\n   ```py\n   x\n\n   y\n   ```\n",
        ),
        (
            Document(nodes=[List([Item("a")]), List([Item("b")]), List([Item("c")])]),
            "- a\n\n+ b\n\n- c\n",
        ),
        (
            Document(nodes=[Paragraph("# a\n1. b"), Rule(), Quote([])]),
            "\\# a\n1\\. b\n\n***\n\n>\n",
        ),
        (
            Document(nodes=[Table(["a", ""], [["x|y", "z"]], ["", "right"])]),
            "| a |  |\n| --- | --: |\n| x\\|y | z |\n",
        ),
        (Document(nodes=[Fence("a`b", "~~~\n````")]), "~~~~ a`b\n~~~\n````\n~~~~\n"),
    ],
)
def test_writing(document, text):
    assert write(document) == text
    assert read(text, "a.md") == document


def test_text_that_is_not_canonical_is_wrapped():
    assert from_text("- a\n- b") == [List([Item("a"), Item("b")])]
    assert from_text("* a") == [Fence("markdown", "* a")]
    assert from_text("# a") == [Fence("markdown", "# a")]
    assert to_text(read("* a\n* b", "a.md").nodes) == "- a\n- b"


def test_bytes_with_a_mark_and_windows_line_ends():
    assert read(b"\xef\xbb\xbf# a\r\n\r\nb\rc", "a.md") == Document("a", [Paragraph("b\nc")])


def test_required_front_matter():
    document = read("---\nid: \ntitle: x\n---\n", "a.md")
    assert document.require("title") == "x"
    with pytest.raises(DocumentError, match=r'^a\.md:2: The front matter needs a line "id: …"\.$'):
        document.require("id")
    assert str(document.error("Wrong.", 7)) == "a.md:7: Wrong."


def test_a_file_that_is_none(tmp_path):
    with pytest.raises(DocumentError, match=r"^gone\.md:1: No such file"):
        read_file(tmp_path / "gone.md")
    with pytest.raises(DocumentError, match="Is a directory"):
        read_file(tmp_path)
    (tmp_path / "a.md").write_text("# a")
    assert read_file(tmp_path / "a.md").title == "a"
