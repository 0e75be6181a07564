"""Addresses of reflective questions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
