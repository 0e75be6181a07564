"""The kernel: tenant scope, base model, schema operations, clock. It knows no word of the domain."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klankbord.core"
    label = "core"
