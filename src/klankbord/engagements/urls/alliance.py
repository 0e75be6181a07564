"""Addresses of the working together."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
