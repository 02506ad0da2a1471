"""The one way text becomes HTML: CommonMark and tables, then an allow-list sanitiser.

Rendering takes about 4 ms a kilobyte: store the result beside its source (see
`writing.fields.RenderedField`) and keep it off the path of a read.
"""

import re
from collections.abc import Callable, Iterator

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from writing.text import clean_text

__all__ = ["clean_text", "inline_html", "plain", "register_fence", "to_html"]

# Longer texts are shown as they are: a hostile one of this length renders in about 3 s.
MAX_RENDERED = 200_000

# Pictures come from our own addresses only: uploads, and diagrams drawn from text.
_IMAGE = re.compile(r"/(?:media|writing/diagrams)/[A-Za-z0-9_-]+(?:[/.][A-Za-z0-9_-]+)*\Z")
_CLASSES = {
    "code": re.compile(r"language-[A-Za-z0-9_+#.-]{1,30}\Z"),
    "div": re.compile(r"table-wrap\Z"),
    "figure": re.compile(r"diagram\Z"),
    "li": re.compile(r"task\Z"),
    "td": re.compile(r"align-(?:center|right)\Z"),
    "th": re.compile(r"align-(?:center|right)\Z"),
}
_INLINE_TAGS = {"a", "br", "code", "em", "s", "strong"}
_BLOCK_TAGS = _INLINE_TAGS | {
    "blockquote", "details", "div", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "img", "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip

# Emoji and the dingbats used as such, with what joins and colours them. Arrows (U+2190 on) and
# mathematical signs carry meaning and stay.
_PICTOGRAPH = "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_EMOJI = re.compile(rf"[0-9#*]\ufe0f?\u20e3|{_PICTOGRAPH}(?:[\ufe0e\ufe0f\u200d]|{_PICTOGRAPH})*")

_fences: dict[str, Callable[[str], str]] = {}


def register_fence(name: str, render: Callable[[str], str]) -> None:
    """Have `render(body) -> html` draw fenced blocks whose info string begins with `name`.

    What it returns is sanitised with everything else: a `<figure class="diagram">` with an
    `<img>` from /writing/diagrams/ passes, inline SVG does not. A block without a renderer is a
    `<pre><code class="language-NAME">`.
    """
    _fences[name] = render


def to_html(text: str, top: int = 3) -> SafeString:
    """`text` as safe HTML.

    `top` is the level of the highest heading (1 to 6). The headings below it follow without
    gaps, so the outline of the page stays valid whatever levels the author chose.
    """
    text = clean_text(text)
    if len(text) > MAX_RENDERED:
        return _safe(f"<pre>{escape(text)}</pre>")
    return _safe(_block_cleaner.clean(_parser.render(text, {"top": top})))


def inline_html(text: str) -> SafeString:
    """One line of `text` as safe HTML without block elements; line breaks become spaces."""
    text = clean_text(text, one_line=True)
    if len(text) > MAX_RENDERED:
        return _safe(escape(text))
    return _safe(_inline_cleaner.clean(_parser.renderInline(text)))


def _safe(html: str) -> SafeString:
    return SafeString(html)  # sanitised or escaped by the four callers above


def plain(text: str) -> str:
    """`text` as words only: one line without markup, link targets, pictures and emoji."""
    text = clean_text(text, one_line=True)[:MAX_RENDERED]
    words = "".join(_words(_parser.parseInline(text)[0].children or []))
    return " ".join(_EMOJI.sub(" ", words).split())


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "image":
            yield from _words(token.children or [])
        elif token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if tag in _CLASSES and _CLASSES[tag].match(value) else None
    if name == "src":
        return value if _IMAGE.match(value) else None
    if name in ("start", "width", "height"):
        return value if value.isdecimal() and len(value) < 10 else None
    return value


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    attributes = {
        "a": {"href", "title"},
        "img": {"src", "alt", "title", "width", "height"},
        "ol": {"start"},
        **{tag: {"class"} for tag in _CLASSES},
    }
    attributes["td"] = {"class", "data-label"}
    return nh3.Cleaner(
        tags=tags,
        attributes={tag: kept for tag, kept in attributes.items() if tag in tags},
        attribute_filter=_keep_attribute,
        tag_attribute_values={"div": {"tabindex": {"0"}}} if "div" in tags else {},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def _level_headings(state: StateCore) -> None:
    """Number the headings from `top` down, one step at a time."""
    above: list[int] = []
    tag = ""
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            tag = f"h{min(state.env.get('top', 1) + len(above) - 1, 6)}"
            token.tag = tag
        elif token.type == "heading_close":
            token.tag = tag


def _mark_tasks(state: StateCore) -> None:
    """`- [ ] text` shows an empty box and `- [x] text` a ticked one."""
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        first = inline.children[0] if inline.children else None
        if first and first.type == "text" and (found := re.match(r"\[([ xX])\] ", first.content)):
            box = "☐ " if found[1] == " " else "☑ "
            first.content = box + first.content[4:]
            item.attrSet("class", "task")


def _align_cells(state: StateCore) -> None:
    """Alignment by class: the policy of our pages refuses style attributes."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style.endswith(("right", "center")):
                token.attrSet("class", "align-" + style.removeprefix("text-align:"))


def _label_cells(state: StateCore) -> None:
    """Each cell carries the words of its column's heading, for a phone, where rows fold."""
    heads: list[str] = []
    column = 0
    for token, inner in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append(" ".join("".join(_words(inner.children or [])).split()))
        elif token.type == "td_open":
            if column < len(heads) and heads[column]:
                token.attrSet("data-label", heads[column])
            column += 1


def _fence(self: RendererHTML, tokens: list[Token], index: int, options, env) -> str:
    words = tokens[index].info.split(maxsplit=1)
    if words and words[0] in _fences:
        return _fences[words[0]](tokens[index].content)
    return RendererHTML.fence(self, tokens, index, options, env)


def _image(self: RendererHTML, tokens: list[Token], index: int, options, env) -> str:
    """The picture, or its alternative text when it would come from somewhere else."""
    token = tokens[index]
    if "top" in env and _IMAGE.match(str(token.attrGet("src"))):
        return RendererHTML.image(self, tokens, index, options, env)
    return str(escape(self.renderInlineAsText(token.children or [], options, env)))


def _make_parser() -> MarkdownIt:
    # linkify is off: a bare address stays text, as CommonMark has it.
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("level_headings", _level_headings)
    parser.core.ruler.push("mark_tasks", _mark_tasks)
    parser.core.ruler.push("align_cells", _align_cells)
    parser.core.ruler.push("label_cells", _label_cells)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("image", _image)
    # A wide table scrolls by itself, and can be reached by keyboard to do so.
    parser.add_render_rule(
        "table_open", lambda *_: '<div class="table-wrap" tabindex="0"><table>\n'
    )
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


_parser = _make_parser()
_block_cleaner = _cleaner(_BLOCK_TAGS)
_inline_cleaner = _cleaner(_INLINE_TAGS)
