"""From a first question to the talk three months later."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "klankbord.engagements"
    label = "engagements"
