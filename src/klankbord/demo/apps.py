"""A demo organisation to look around in."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "klankbord.demo"
    label = "demo"
