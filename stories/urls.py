"""Addresses of the stories room: one for each verb."""

from django.urls import path

from stories import views

app_name = "stories"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/", views.story, name="story"),
]
