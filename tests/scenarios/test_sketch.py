"""Boxes and arrows added to Mermaid text: pure, and drawn by the real Mermaid once."""

import re
from itertools import pairwise

import pytest

from scenarios.sketch import BOXES, HEADER, NotAFlowchart, add_box, connect, nodes


def test_the_standard_boxes_are_there():
    labels = [box.label for box in BOXES]
    assert labels == ["Client", "CDN", "Load balancer", "API gateway", "Service", "Queue", "Cache",
                      "Database", "Object store"]  # fmt: skip


def test_the_first_box_begins_the_diagram():
    assert add_box("", "client") == f"{HEADER}\n  client([Client])\n"
    assert add_box(" \n", "cdn") == f"{HEADER}\n  cdn[CDN]\n"


def test_a_second_of_a_kind_gets_a_number():
    text = add_box(add_box(add_box("", "service"), "service"), "service")
    assert nodes(text) == {"service": "Service", "service2": "Service 2", "service3": "Service 3"}


def test_a_name_makes_the_identifier():
    text = add_box("", "service", "Order service")
    assert nodes(text) == {"order_service": "Order service"}
    assert nodes(add_box(text, "service", "Order service")) == {
        "order_service": "Order service", "order_service2": "Order service",
    }  # fmt: skip


@pytest.mark.parametrize(
    "label", ['a "b" [c]', "x|y", "end", "10 GB/s", "—", "ß & Co; `rm`", "<i>"]
)
def test_no_name_breaks_the_text(label):
    text = connect(add_box(add_box("", "cache", label), "queue"), *_two(label), label)
    assert len(nodes(text)) == 2
    assert "[c]" not in text and "<i>" not in text


def _two(label):
    return tuple(nodes(add_box(add_box("", "cache", label), "queue")))


def test_what_was_written_stays():
    mine = "%% mine\ngraph TD\n  a[Phone] --> b{{Edge}}\n\n\n"
    text = add_box(mine, "database")
    assert text.startswith("%% mine\ngraph TD\n  a[Phone] --> b{{Edge}}\n")
    assert text.endswith("  database[(Database)]\n")


def test_an_arrow_joins_two_boxes():
    text = add_box(add_box("", "client"), "cdn")
    assert connect(text, "client", "cdn").endswith("  client --> cdn\n")
    assert connect(text, "client", "cdn", "HTTPS").endswith('  client -->|"HTTPS"| cdn\n')
    with pytest.raises(KeyError):
        connect(text, "client", "nowhere")


@pytest.mark.parametrize("source", ["sequenceDiagram\n  a->>b: hello", "just words", "erDiagram"])
def test_other_diagrams_take_no_boxes(source):
    with pytest.raises(NotAFlowchart):
        add_box(source, "cdn")


def test_an_unknown_box_is_an_error():
    with pytest.raises(KeyError):
        add_box("", "blockchain")


@pytest.mark.parametrize(("source", "found"), [
    ("flowchart LR\n  a --> b", {"a": "a", "b": "b"}),
    ("flowchart LR\n  a[Phone] -->|HTTPS| b(Edge) --> c[(Data)]",
     {"a": "Phone", "b": "Edge", "c": "Data"}),
    ('graph TD\n  x["A & B"] -.-> y', {"x": "A & B", "y": "y"}),
    ("flowchart LR\n  a & b ==> c", {"a": "a", "b": "b", "c": "c"}),
    ("flowchart LR\n  subgraph one\n  a\n  end\n  %% b\n  classDef big color:red", {"a": "a"}),
    ("flowchart LR\n  a -- says so --> b\n  b == and so ==> c", {"a": "a", "b": "b", "c": "c"}),
    ("flowchart LR\n  a --> b\n  a[Named later]", {"a": "Named later", "b": "b"}),
    ("", {}),
])  # fmt: skip
def test_the_boxes_of_a_diagram(source, found):
    assert nodes(source) == found


def test_mermaid_draws_what_the_buttons_write():
    import mermaidx

    text = ""
    for box in BOXES:
        text = add_box(text, box.kind)
    text = add_box(text, "service", "10 GB/s & “more”")
    names = list(nodes(text))
    for one, other in pairwise(names):
        text = connect(text, one, other, "reads / writes")
    svg = mermaidx.render(text, config={"htmlLabels": False}).svg()
    shown = " ".join(re.sub(r"<[^>]+>", " ", svg).split())
    assert "Object store" in shown and "10 GB/s" in shown and "reads / writes" in shown
