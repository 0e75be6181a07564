"""Addresses of the short route and the forms of a talk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
