"""What the pages share and what costs little to draw again: kept parts, icons, the rooms.

Built in: no template loads it.
"""

from functools import cache

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import Variable, token_kwargs
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
