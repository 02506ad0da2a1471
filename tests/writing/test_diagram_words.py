import pytest

from writing.diagram_words import in_words


@pytest.mark.parametrize(("lines", "words"), [
    ("a[Mobile app] --> b --> c[(Store)]", "Mobile app to b; b to Store."),
    ('a -->|"asks"| b(("Round")) & c', "a to Round (asks); a to c (asks)."),
    ("a -- sends --> b\n b -. later .-> c\n c ==> d", "a to b (sends); b to c (later); c to d."),
    ("a <--> b & c --> d", "a to b; a to c; b to d; c to d."),
    ("subgraph s[\"All stores\"]\n x[One]\n end\n a --> s", "a to All stores."),
    ("classDef hot fill:#f00\n a:::hot --> b;c --> d\n click a call x()", "a to b; c to d."),
    ("a[Alone]\n b{Choice?}", "Alone; Choice?"),
])  # fmt: skip
def test_a_flowchart_is_told_connection_by_connection(lines, words):
    assert in_words(f"%% a remark\nflowchart LR\n {lines}") == f"Diagram: {words}"


def test_another_kind_is_its_own_text():
    assert in_words("sequenceDiagram\n A->>B: hi") == "Diagram: sequenceDiagram; A->>B: hi"
    assert in_words("") == "Diagram: "


def test_a_hostile_line_is_quick_enough():
    assert in_words("flowchart LR\n" + "a" * 20_000 + "[" * 100)
    assert in_words("flowchart LR\n a " + "-" * 10_000 + " x" * 4_000)
