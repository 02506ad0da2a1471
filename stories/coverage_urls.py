"""Addresses of coverage: the matrix, the questions, and what each story answers."""

from django.urls import path

from stories import coverage_views, question_views
from stories.coverage import NONE, PRIMARY, SECONDARY

urlpatterns = [
    path("coverage/", coverage_views.coverage, name="coverage"),
    path("coverage/<slug:ref>/begin/", coverage_views.begin, name="begin-for"),
    path("coverage/<int:pk>/<slug:ref>/primary/", coverage_views.mark, {"level": PRIMARY},
         name="mark-primary"),
    path("coverage/<int:pk>/<slug:ref>/secondary/", coverage_views.mark, {"level": SECONDARY},
         name="mark-secondary"),
    path("coverage/<int:pk>/<slug:ref>/none/", coverage_views.mark, {"level": NONE},
         name="mark-none"),
    path("questions/", question_views.questions, name="questions"),
    path("questions/ask/", question_views.ask, name="ask"),
    path("questions/<slug:key>/", question_views.question, name="question"),
    path("questions/<slug:key>/asked/", question_views.asked, name="asked"),
    path("questions/<slug:key>/choose/", question_views.choose, name="choose"),
    path("questions/<slug:key>/clear/", question_views.clear, name="clear"),
    path("questions/<slug:key>/put-back/", question_views.put_back, name="put-back"),
    path("<int:pk>/questions/", question_views.answers, name="answers"),
]  # fmt: skip
