"""Addresses of the agreement on paper, in the form for three, and how the two work now."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
