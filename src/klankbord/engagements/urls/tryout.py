"""Addresses of what is tried out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
