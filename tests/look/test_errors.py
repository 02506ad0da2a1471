"""The page for a server error must come whatever else has failed."""

import pytest
from django.template import TemplateDoesNotExist
from django.test import RequestFactory

from prepsite import errors


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/")
    request.id = "0123456789abcdef"
    return request


def test_a_server_error_needs_no_database_and_names_the_request(request_):
    # No db fixture: pytest-django refuses any query. No user, session or messages either.
    answer = errors.server_error(request_)
    assert answer.status_code == 500
    assert "0123456789abcdef" in answer.text
    assert "What was saved before is safe" in answer.text


def test_a_server_error_has_words_even_without_its_template(request_, monkeypatch):
    def gone(*args):
        raise TemplateDoesNotExist("errors/500.html")

    monkeypatch.setattr(errors, "render_to_string", gone)
    answer = errors.server_error(request_)
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith("text/plain")
    assert "0123456789abcdef" in answer.text


@pytest.mark.parametrize("view", [errors.bad_request, errors.too_large])
def test_what_fails_before_anyone_is_known_needs_no_user(request_, view):
    assert "0123456789abcdef" in view(request_).text
