"""The content security policy, written down once: it is the same on nearly every page."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings


class PolicyMiddleware(CSPMiddleware):
    """django-csp's; a page that asks for more than the policy gets it from there, as ever."""

    @cached_property
    def policy(self) -> str:
        return build_policy()

    def process_response(self, request, response):
        asks = any(name.startswith("_csp") for name in vars(response))
        nonce = getattr(request, "_csp_nonce", None)
        if asks or nonce or settings.DEBUG or HEADER in response:
            return super().process_response(request, response)
        response[HEADER] = self.policy
        return response
