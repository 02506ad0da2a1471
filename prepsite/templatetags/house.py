"""What the pages share and what costs little to draw: kept parts, rows, icons, the rooms.

Built in: no template loads it.
"""

from functools import cache

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import (
    TextNode,
    Variable,
    VariableNode,
    render_value_in_context,
    token_kwargs,
)
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString
from heroicons.templatetags import heroicons

from prepsite import rooms as house
from prepsite.addresses import address

register = Library()
# How many results of one block are kept; a block that has more began with too many values.
MOST = 256
PLAIN = (str, int, type(None))


class KeptNode(Node):
    def __init__(self, nodelist, values):
        self.nodelist, self.values = nodelist, values
        self.kept: dict[tuple, SafeString] = {}

    def render(self, context):
        if not self.values:
            key: tuple = ()
        else:
            found = [value.resolve(context) for value in self.values.values()]
            # With its type: "<b>" that is safe and "<b>" that is not are equal, and so are 1 and
            # True.
            key = tuple((type(value), value) for value in found)
        html = self.kept.get(key)
        if html is None:
            html = self.draw(context, [value for _, value in key])
            if len(self.kept) >= MOST:
                self.kept.clear()
            self.kept[key] = html
        return html

    def draw(self, context, found) -> SafeString:
        """The block in a context of its own, which holds the named values and nothing else."""
        for name, value in zip(self.values, found, strict=True):
            if not isinstance(value, PLAIN):
                raise TemplateSyntaxError(f"kept: {name} is no plain value, but {type(value)}.")
        alone = Context(dict(zip(self.values, found, strict=True)), autoescape=context.autoescape)
        with alone.bind_template(context.template):
            return self.nodelist.render(alone)


@register.tag
def kept(parser, token):
    """Draw a part of a page once, and keep it as long as the process lives.

    {% kept %}…{% endkept %}, or {% kept here=room %}…{% endkept %}: what stands inside sees the
    values that are named and nothing else, no user, no request and no token. So it is the same for
    everyone, and cannot show one person's words to another. Each set of values is drawn once: name
    few, of which there are few.
    """
    bits = token.split_contents()[1:]
    values = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"kept takes name=value, not {bits[0]}.")
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode(nodelist, values)


class RowNode(Node):
    def __init__(self, name: str, text: str, keys: list[str]):
        self.name, self.text, self.keys = name, text, keys

    def render(self, context):
        found = context[self.name]
        values = (found[key] for key in self.keys)
        return self.text % tuple(
            value if type(value) is SafeString else render_value_in_context(value, context)
            for value in values
        )


@register.tag
def row(parser, token):
    """Draw a part of a row from a dictionary: {% row line %}<b>{{ line.text }}</b>{% endrow %}.

    Inside stands text and {{ line.key }}, nothing else. It looks as it would without the tag, but
    the values are set into the text all at once: a value by itself costs ten times as much, and a
    list of fifty rows has five hundred.
    """
    _, name = token.split_contents()
    nodelist = parser.parse(["endrow"])
    parser.delete_first_token()
    text, keys = "", []
    for node in nodelist:
        if isinstance(node, TextNode):
            text += node.s.replace("%", "%%")
        else:
            keys.append(_key(node, name))
            text += "%s"
    return RowNode(name, text, keys)


def _key(node: Node, name: str) -> str:
    """The key that `node`, which is {{ name.key }}, asks for."""
    asked = node.filter_expression if isinstance(node, VariableNode) else None
    lookups = getattr(asked.var, "lookups", None) if asked and not asked.filters else None
    if not lookups or len(lookups) != 2 or lookups[0] != name:
        raise TemplateSyntaxError(f"row takes text and {{{{ {name}.key }}}}, not {node!r}.")
    return lookups[1]


class AddressNode(URLNode):
    def render(self, context):
        numbers = [value.resolve(context) for value in self.args]
        if any(type(number) is not int for number in numbers):
            return super().render(context)
        try:
            found = address(self.view_name.var, *numbers)
        except NoReverseMatch:
            # Django's own says what was asked for, or nothing where the template allows for it.
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return found


@register.tag
def url(parser, token):
    """Django's {% url %}, but the resolver is asked once a view where only keys differ."""
    node = django_url(parser, token)
    if node.kwargs or isinstance(node.view_name.var, Variable):
        return node
    return AddressNode(node.view_name, node.args, {}, node.asvar)


@register.simple_tag
@cache
def heroicon_outline(name: str, *, size: int = 24) -> str:
    """An icon as SVG, kept: the package takes its XML apart and puts it together each time."""
    return heroicons.heroicon_outline(name, size=size)


@register.simple_tag
def rooms() -> tuple[house.Door, ...]:
    """What the navigation leads to: {% rooms as doors %}."""
    return house.doors()
