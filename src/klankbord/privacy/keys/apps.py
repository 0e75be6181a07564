"""The second database: wrapped keys behind three functions. Its tables are not for the application to see."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "klankbord.privacy.keys"
    label = "keys"
