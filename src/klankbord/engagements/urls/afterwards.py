"""Addresses of telling, going on, and three months later."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
