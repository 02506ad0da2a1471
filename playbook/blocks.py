"""A note cut into paragraphs, so that each can become a card."""

from writing.documents import Node, Section, plain, read, write_nodes
from writing.markdown import to_html


def blocks_of(body: str) -> list[list[str]]:
    """[heading above, Markdown, HTML] of each paragraph, list, table or figure of `body`.

    A heading belongs to the HTML of the first block below it.
    """
    blocks: list[list[str]] = []

    def walk(nodes: list[Node], heading: str, pending: str) -> str:
        for node in nodes:
            if isinstance(node, Section):
                title = f"{'#' * min(node.level, 4)} {node.text}\n\n"
                pending = walk(node.children, plain(node.text), pending + title)
            else:
                text = write_nodes([node]).strip()
                blocks.append([heading, text, str(to_html(pending + text, 2))])
                pending = ""
        return pending

    walk(read(body, "note").nodes, "", "")
    return blocks
