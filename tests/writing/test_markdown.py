"""Markdown to HTML: what is allowed, and that nothing else gets through."""

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from tests.writing.payloads import payloads
from writing import markdown
from writing.markdown import inline_html, plain, register_fence, to_html

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "details",
    "div",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
ATTRIBUTES = {
    "href",
    "title",
    "rel",
    "src",
    "alt",
    "class",
    "start",
    "width",
    "height",
    "tabindex",
    "data-label",
}


@pytest.fixture(autouse=True)
def no_fences(monkeypatch):
    """Without the pictures that other files draw from fenced blocks."""
    monkeypatch.setattr(markdown, "_fences", {})


class Findings(HTMLParser):
    """What a browser would find in a page that should not be there."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.found.append(f"{tag} {name}")
            if name in ("href", "src"):
                # Browsers drop these before they look for the scheme.
                url = re.sub(r"[\x00-\x20]", "", value or "").lower()
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", url)
                allowed = ("http", "https", "mailto") if name == "href" else ()
                if scheme and scheme[1] not in allowed:
                    self.found.append(f"{tag} {name}={url}")
                if name == "src" and not url.startswith(("/media/", "/writing/diagrams/")):
                    self.found.append(f"{tag} src={url}")

    def handle_comment(self, data):
        self.found.append("comment")


@pytest.mark.django_db  # One of them holds a diagram, which is remembered.
@pytest.mark.parametrize("render", [to_html, inline_html])
def test_no_payload_survives(render):
    texts = payloads()
    assert len(texts) >= 500
    found = {text: f for text in texts if (f := Findings(render(text)).found)}
    assert found == {}


def test_the_check_sees_what_the_sanitiser_removes():
    """Control: raw HTML allowed and nothing sanitised, most payloads are found."""
    careless = MarkdownIt("commonmark", {"html": True}).enable("table")
    careless.validateLink = lambda url: True
    texts = payloads()
    found = sum(bool(Findings(careless.render(text)).found) for text in texts)
    assert found > len(texts) / 2


def test_the_sanitiser_stands_alone(monkeypatch):
    """The second line holds when the first lets raw HTML and every address through."""
    careless = MarkdownIt("commonmark", {"html": True}).enable("table")
    careless.validateLink = lambda url: True
    monkeypatch.setattr(markdown, "_parser", careless)
    found = {text: f for text in payloads() if (f := Findings(to_html(text)).found)}
    assert found == {}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n### B\n###### C\n# D", "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n<h3>D</h3>\n"),
        ("### A\n## B", "<h3>A</h3>\n<h3>B</h3>\n"),
        ("~~no~~ **yes**", "<p><s>no</s> <strong>yes</strong></p>\n"),
        (
            "- [ ] a\n- [x] b\n",
            '<ul>\n<li class="task">☐ a</li>\n<li class="task">☑ b</li>\n</ul>\n',
        ),
        ("[a](/plans/)", '<p><a href="/plans/" rel="noopener nofollow">a</a></p>\n'),
        (
            "[a](mailto:a@b.example)",
            '<p><a href="mailto:a@b.example" rel="noopener nofollow">a</a></p>\n',
        ),
        ("https://a.example", "<p>https://a.example</p>\n"),
        ("![a](/media/images/0f.png)", '<p><img src="/media/images/0f.png" alt="a"></p>\n'),
        ("![a **b**](https://evil.example/x.png)", "<p>a b</p>\n"),
        ("![a](/media/../admin/)", "<p>a</p>\n"),
        ("7. a", '<ol start="7">\n<li>a</li>\n</ol>\n'),
        ("```py\na < b\n```", '<pre><code class="language-py">a &lt; b\n</code></pre>\n'),
        ("a\x00b\ud800", "<p>ab�</p>\n"),
    ],
)
def test_rendering(text, html):
    assert to_html(text) == html


def test_a_table_scrolls_and_aligns_by_class():
    html = to_html("| a | b |\n|--:|:-:|\n| 1 | 2 |")
    assert html.startswith('<div class="table-wrap" tabindex="0"><table>')
    assert '<td class="align-right" data-label="a">1</td>' in html
    assert '<td class="align-center" data-label="b">2</td>' in html
    assert "style" not in html


def test_a_cell_knows_its_column():
    html = to_html('| **USD** a `month` | | "<b> |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 |')
    assert '<td data-label="USD a month">1</td>\n<td>2</td>' in html
    assert html.count('data-label="USD a month"') == 2
    assert 'data-label="&quot;&lt;b&gt;">3' in html


def test_headings_begin_where_the_page_says():
    assert to_html("# A\n## B", top=5) == "<h5>A</h5>\n<h6>B</h6>\n"
    assert to_html("# A\n## B\n### C", top=5).endswith("<h6>C</h6>\n")


def test_one_line_has_no_blocks():
    assert inline_html("# **a**\n- `b` ![c](/media/c.png)") == (
        "# <strong>a</strong> - <code>b</code> c"
    )


def test_a_registered_fence_draws_its_block_and_is_sanitised():
    register_fence(
        "graph",
        lambda body: (
            '<figure class="diagram">'
            f'<img src="/writing/diagrams/{len(body)}.svg" alt="a" onload=x>'
            "<script>x</script></figure>"
        ),
    )
    html = to_html("```graph wide\nab\n```")
    assert html == '<figure class="diagram"><img src="/writing/diagrams/3.svg" alt="a"></figure>'
    assert "language-other" in to_html("```other\nab\n```")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Lambda** (cold starts, `memory`)", "Lambda (cold starts, memory)"),
        ("🕐 Morning → *deep* dive ⚡", "Morning → deep dive"),
        ('👉🏽 Tip:\n [docs](https://a.example "t") ![a *b*](/x.png)', "Tip: docs a b"),
        ("1️⃣ first 👩‍💻 10 # 3", "first 10 # 3"),
        ("2 * 3 * 4 ≥ 5", "2 * 3 * 4 ≥ 5"),
        ("S3 &amp; SQS \\*not\\*", "S3 & SQS *not*"),
        ("", ""),
    ],
)
def test_plain(text, words):
    assert plain(text) == words


def test_text_beyond_the_limit_is_shown_as_it_is():
    html = to_html("*a* <b>" * 40_000)
    assert html.startswith("<pre>*a* &lt;b&gt;")


@pytest.mark.parametrize(
    "text",
    [
        ">" * 5000,
        "[" * 5000,
        "- " * 3000,
        "*a_b " * 1000,
        "`" * 5000,
        "![" * 3000,
        "[a](" * 2000,
        "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 100,
        "\\" * 5000,
        "&#x" * 2000,
        "http://[" * 500,
        "\u202e" * 100,
        "a" + "\u0301\u0316" * 5000,
        "",
        "\n" * 5000,
        "\ufeff# a",
    ],
)
def test_hostile_text_renders(text):
    assert isinstance(to_html(text), str)
    assert isinstance(inline_html(text), str)
