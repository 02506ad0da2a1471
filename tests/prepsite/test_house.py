"""Parts of pages that are kept show nobody's words, and addresses are the resolver's."""

from datetime import date

import pytest
from django import forms
from django.http import HttpRequest
from django.template import TemplateSyntaxError, engines
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import RoutePattern
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from heroicons.templatetags import heroicons

from prepsite import rooms
from prepsite.addresses import address
from prepsite.templatetags import house


def template(text):
    return engines["django"].from_string(text)


def request_of(user, path="/stories/"):
    request = HttpRequest()
    request.path, request.user = path, user
    request.resolver_match = resolve(path)
    return request


def test_a_kept_part_sees_no_user_no_request_and_no_token(alice):
    names = "{{ user }}{{ request }}{{ csrf_token }}{{ messages }}{{ words }}{{ room_here }}"
    inside = f"{{% kept %}}[{names}]{{% endkept %}}"
    request = request_of(alice)
    assert template(inside).render({"words": "mine"}, request) == "[]"
    # The same names outside of it show that there was something to see.
    assert "alice" in template(names).render({"words": "mine"}, request)


def test_what_is_included_in_a_kept_part_sees_no_more(alice):
    include = "{% include 'partials/_foot.html' %}"
    assert "Take a note" in template(include).render({}, request_of(alice))
    inside = template(f"{{% kept %}}{include}{{% endkept %}}").render({}, request_of(alice))
    assert "Prepsite" in inside and "Take a note" not in inside


def test_a_kept_part_is_drawn_once_for_each_set_of_values():
    shown = template("{% kept word=word %}<{{ word }}{% now 'u' %}>{% endkept %}")
    first, other = shown.render({"word": "a"}), shown.render({"word": "b"})
    assert first != other
    assert shown.render({"word": "a"}) == first and shown.render({"word": "b"}) == other


def test_a_text_that_looks_like_a_safe_one_is_escaped_all_the_same():
    shown = template("{% kept word=word %}{{ word }}{% endkept %}")
    assert shown.render({"word": mark_safe("<b>")}) == "<b>"
    assert shown.render({"word": "<b>"}) == "&lt;b&gt;"
    assert [shown.render({"word": word}) for word in (1, True)] == ["1", "True"]


def test_a_kept_part_takes_plain_values_only(alice):
    shown = template("{% kept who=user %}{{ who }}{% endkept %}")
    with pytest.raises(TemplateSyntaxError, match="who is no plain value"):
        shown.render({}, request_of(alice))
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        template("{% kept user %}{% endkept %}")


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(house, "MOST", 3)
    shown = template("{% kept word=word %}{{ word }}{% endkept %}")
    node = shown.template.nodelist[0]
    for number in range(10):
        assert shown.render({"word": number}) == str(number)
        assert len(node.kept) <= 3


def numbered(patterns, prefix=""):
    """(name, how many numbers) of every view whose address differs by numbers only."""
    for each in patterns:
        if isinstance(each, URLPattern):
            converters = each.pattern.converters.values()
            ours = each.name and isinstance(each.pattern, RoutePattern)
            if ours and all(isinstance(one, IntConverter) for one in converters):
                yield prefix + each.name, len(each.pattern.converters)
        elif not each.pattern.converters and each.namespace != "admin":
            space = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from numbered(each.url_patterns, space)


def test_an_address_is_the_one_the_resolver_gives():
    views = sorted(set(numbered(get_resolver().url_patterns)))
    assert len(views) > 150
    assert {count for _, count in views} >= {0, 1}
    for view, count in views:
        numbers = [7, 1234, 5][:count]
        assert address(view, *numbers) == reverse(view, args=numbers), view


def test_the_url_tag_is_the_resolvers():
    detail = reverse("plans:detail", args=[12])
    cases = {
        "{% url 'home' %}": reverse("home"),
        "{% url 'plans:detail' pk %}": detail,
        "{% url 'plans:detail' pk=pk %}": detail,
        "{% url 'plans:template' key %}": reverse("plans:template", args=["one-day"]),
        "{% url view pk %}": reverse("plans:print", args=[12]),
        "{% url 'plans:detail' pk as here %}<{{ here }}>": f"<{detail}>",
        "{% url 'nowhere' as here %}<{{ here }}>": "<>",
        "{% url 'plans:detail' as here %}<{{ here }}>": "<>",
    }
    given = {"pk": 12, "key": "one-day", "view": "plans:print"}
    for text, wanted in cases.items():
        assert template(text).render(given) == wanted, text
    with pytest.raises(NoReverseMatch):
        template("{% url 'nowhere' %}").render({})
    with pytest.raises(NoReverseMatch):
        template("{% url 'plans:detail' missing %}").render({})


def test_dates_are_written_and_read_as_in_britain():
    day = date(2026, 11, 5)
    assert template("{{ day }}").render({"day": day}) == date_format(day) == "5 Nov 2026"
    assert forms.DateField().clean("05/11/2026") == day
    assert forms.DateField().clean("2026-11-05") == day


def test_an_icon_is_the_packages():
    for size in (16, 20):
        shown = template(f"{{% heroicon_outline 'plus' size={size} %}}").render({})
        assert shown == heroicons.heroicon_outline("plus", size=size)
        assert f'width="{size}"' in shown


@pytest.mark.parametrize(
    ("path", "room", "searching"),
    [
        ("/", "Today", False),
        ("/week/", "Today", False),
        ("/interviews/", "Plans", False),
        ("/stories/new/", "Stories", False),
        ("/search/", "", True),
        ("/account/", "", False),
    ],
)
def test_the_navigation_knows_where_one_is(alice, path, room, searching):
    assert rooms.whereabouts(request_of(alice, path)) == {
        "room_here": room,
        "searching": searching,
    }


def test_one_room_at_most_is_marked(alice, client_of):
    page = client_of(alice).get("/stories/").content.decode()
    assert page.count('aria-current="page"') == 2  # the room, and the list within it
    elsewhere = client_of(alice).get("/plans/").content.decode()
    assert f'<a href="{reverse("plans:list")}" aria-current="page">' in elsewhere
    assert f'<a href="{reverse("stories:list")}" aria-current="page">' not in elsewhere


ROW = '<b class="{{ line.look }}">{{ line.text }}</b> 100 % of {{ line.count }}{{ line.none }}'
LINE = {"look": mark_safe("a&amp;b"), "text": "<i>&", "count": 1_200, "none": None}


def test_a_row_looks_as_it_would_without_the_tag():
    plain = template(ROW).render({"line": LINE})
    assert plain == '<b class="a&amp;b">&lt;i&gt;&amp;</b> 100 % of 1200None'
    assert template(f"{{% row line %}}{ROW}{{% endrow %}}").render({"line": LINE}) == plain
    row = f"{{% row line %}}{ROW}{{% endrow %}}"
    bare = template(f"{{% autoescape off %}}{row}{{% endautoescape %}}")
    assert "<i>&" in bare.render({"line": LINE})


@pytest.mark.parametrize(
    "inside",
    [
        "{{ text }}", "{{ line }}", "{{ line.text|upper }}", "{{ other.text }}",
        "{{ line.text.upper }}", "{% if line.text %}yes{% endif %}",
    ],
)  # fmt: skip
def test_a_row_takes_nothing_but_text_and_its_own_values(inside):
    with pytest.raises(TemplateSyntaxError, match="row takes text and"):
        template(f"{{% row line %}}{inside}{{% endrow %}}")
