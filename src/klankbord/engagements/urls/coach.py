"""Addresses of the coach's own look and patterns."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
