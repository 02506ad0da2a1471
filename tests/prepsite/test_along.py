"""Without JavaScript no button of a page leaves a text behind: every form that a page of writing
sends holds all its texts (writing/autosave/along.py)."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.prepsite.test_access import CASES, OWNER, url_of

pytestmark = pytest.mark.django_db
VOID = {"input", "br", "hr", "img", "link", "meta", "col", "source"}


class Forms(HTMLParser):
    """The POST forms in the main part of a page: `sent` by a button, and `holding` texts."""

    def __init__(self):
        super().__init__()
        self.inside, self.method, self.sent, self.holding = [], {}, {}, {}

    @property
    def in_main(self) -> bool:
        return "main" in [tag for tag, _ in self.inside]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        around = next((form for tag, form in reversed(self.inside) if tag == "form"), None)
        form = values.get("form") or around
        if tag == "form":
            form = values.get("id") or f"at {self.getpos()}"
            self.method[form] = values.get("method", "get")
        if tag not in VOID:
            self.inside.append((tag, form))
        if tag == "input" and values.get("name") == "writing":
            self.holding.setdefault(form, []).append(values["value"])
        submits = tag == "button" and values.get("type", "submit") == "submit"
        if submits and self.in_main and values.get("formmethod") != "get":
            self.sent.setdefault(form, []).append(values.get("formaction", ""))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass


def left_behind(page: str) -> dict[str, list[str]]:
    """The forms of a page of writing that a button sends without its texts; {} for other pages."""
    forms = Forms()
    forms.feed(page)
    if not forms.holding:
        return {}
    [whole, *others] = sorted(forms.holding, key=lambda form: -len(forms.holding[form]))
    found = {form: to for form, to in forms.sent.items() if forms.method.get(form) == "post"}
    found.pop(whole, None)
    return found | {form: forms.holding[form] for form in others}


def test_a_page_with_a_form_beside_its_text_is_found():
    text = '<input type="hidden" name="writing" value="a.b/1">'
    page = f'<main><form method="post" id="one">{text}<button>Save</button></form>'
    assert left_behind(f"{page}</main>") == {}
    assert left_behind(f'{page}<button form="one">Remove</button></main>') == {}
    assert left_behind(f'{page}<form method="post" id="two"><button>Go</button></form></main>')
    assert left_behind(f'{page}<form method="post" id="two">{text}</form></main>')


# Each line of what was asked is marked by a form of its own, above the text.
STILL = {"interviews:debrief"}


def test_no_button_leaves_a_text_behind(world):
    client = Client()
    client.force_login(world.alice)
    written, found = [], {}
    for name in sorted(name for name, case in CASES.items() if case.who == OWNER):
        response = client.get(url_of(name, world))
        if response.status_code != 200 or response.streaming:
            continue
        page = response.content.decode("utf-8", "replace")
        if 'name="writing"' in page:
            written.append(name)
        if behind := left_behind(page):
            found[name] = behind
    assert {"scenarios:phase", "stories:story", "plans:item", "drills:edit"} <= set(written)
    assert set(found) == STILL
