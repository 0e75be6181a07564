"""Addresses of what goes otherwise."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
