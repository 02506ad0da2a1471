"""The list of one's stories, and a story's page."""

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from prepsite.page import render_page
from stories.models import Story, StoryQuerySet


def now():
    """The moment of this request, in the reader's zone; views pass it on."""
    return timezone.localtime()


def own_stories(request: HttpRequest) -> StoryQuerySet:
    """The reader's stories, but those they removed."""
    return Story.objects.for_user(request.user).kept()


@require_GET
def index(request):
    """Own stories, the last written first."""
    return render_page(request, "stories/index.html", {"stories": own_stories(request).for_list()})


@require_GET
def story(request, pk):
    """One story, to be written."""
    row = own_stories(request).select_related("theme", "own_theme").get_or_404(pk=pk)
    return render_page(request, "stories/story.html", {"story": row})
