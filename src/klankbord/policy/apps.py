"""How an organisation coaches, for now: its policy in versions, and the rules that follow from it."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "klankbord.policy"
    label = "policy"
