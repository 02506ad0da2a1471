"""Addresses of accounts: ours, then allauth's."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
