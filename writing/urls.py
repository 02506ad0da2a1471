"""Addresses of writing."""

app_name = "writing"
urlpatterns: list = []
