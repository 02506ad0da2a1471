"""What the admin's Markdown editor asks for, and the pictures it stored.

django-markdownx brings the editor's field and script. Its own addresses answer anybody and store
what they are sent, so these take their place.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape
from django.views.decorators.http import require_POST, require_safe

from writing import images
from writing.forms import MARKDOWN_LIMIT
from writing.markdown import to_html

_NAME = re.compile(rf"{images.FOLDER}/[0-9a-f]{{32}}\.({'|'.join(images.CONTENT_TYPES)})\Z")


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """403 for a signed-in user who is not staff; the middleware has sent the others away."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@require_POST
@staff_only
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of the field `content`. The editor shows whatever comes, so errors are HTML too."""
    text = request.POST.get("content")
    if text is None:
        return HttpResponse("<p>There is no text to show.</p>", status=400)
    if len(text) > MARKDOWN_LIMIT:
        message = f"The text has {len(text):,} characters, and {MARKDOWN_LIMIT:,} fit."
        return HttpResponse(f"<p>{escape(message)}</p>", status=422)
    return HttpResponse(to_html(text))


@require_POST
@staff_only
def upload(request: HttpRequest) -> JsonResponse:
    """Store the file `image`; answers with the Markdown that shows it, or 422 and the reason."""
    sent = request.FILES.get("image")
    if sent is None:
        return JsonResponse({"image": ["No picture was sent."]}, status=422)
    try:
        name = images.store(sent)
    except ValidationError as error:
        return JsonResponse({"image": error.messages}, status=422)
    return JsonResponse({"image_code": f"![]({default_storage.url(name)})"})


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """A stored picture, for anyone signed in. Nothing but what `images.store` wrote is served."""
    found = _NAME.match(name)
    if not found:
        raise Http404
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=images.CONTENT_TYPES[found[1]])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # The name is random and its bytes never change.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
