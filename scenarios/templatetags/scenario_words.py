"""How the words of a scenario are written on a page."""

from django import template

register = template.Library()

# Patterns are kept in lower case, so that a filter finds them; these are written otherwise.
_WRITTEN = {
    "api": "API", "cdn": "CDN", "cqrs": "CQRS", "jwt": "JWT", "oauth": "OAuth", "sql": "SQL",
    "websocket": "WebSocket", "saml": "SAML", "sso": "SSO", "vpc": "VPC", "ec2": "EC2", "s3": "S3",
}  # fmt: skip


@register.filter
def pattern(term: str) -> str:
    """A pattern as people write it: cdn becomes CDN, websocket fan-out WebSocket fan-out."""
    return " ".join(_WRITTEN.get(word, word) for word in term.split())
