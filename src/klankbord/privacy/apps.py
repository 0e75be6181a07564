"""Audit, vault, drafts, and the one table of who sees what."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "klankbord.privacy"
    label = "privacy"
