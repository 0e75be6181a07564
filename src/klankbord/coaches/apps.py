"""The coaches of an organisation: who they are, how much room they have, and how they keep learning."""

from django.apps import AppConfig


class CoachesConfig(AppConfig):
    name = "klankbord.coaches"
    label = "coaches"
