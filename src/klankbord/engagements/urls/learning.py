"""Addresses of the learning spiral and self-steering."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
