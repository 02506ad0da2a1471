"""What is said when a form is too large, when an address is no page, and who may not see one."""

import pytest
from django.urls import reverse

CAPTURE = reverse("search:capture")
KEEP = reverse("account_keep")


@pytest.mark.django_db
class TestWhatIsSaid:
    def test_too_long_a_text_is_called_too_large(self, alice, client_of):
        response = client_of(alice).post(CAPTURE, {"text": "x" * 4_000_000})
        assert response.status_code == 413
        assert "The text of a form may hold 3 MB" in response.content.decode()

    def test_an_address_of_forms_says_so_when_it_is_opened(self, alice, client_of):
        response = client_of(alice).get(KEEP)
        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert "There is nothing to read here" in response.content.decode()

    def test_a_part_of_a_page_stays_bare(self, alice, client_of):
        response = client_of(alice).get(KEEP, headers={"HX-Request": "true"})
        assert (response.status_code, response.content) == (405, b"")

    def test_who_may_not_see_a_page_is_told_who_may(self, alice, client_of):
        response = client_of(alice).get(reverse("admin:index"), follow=True)
        assert response.status_code == 403
        assert "the people who run this site" in response.content.decode()
