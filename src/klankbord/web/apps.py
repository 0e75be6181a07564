"""The house: base templates, components, navigation, and the pages that belong to no single app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "klankbord.web"
    label = "web"
