"""Who is in the organisation: units, persons, roles, line managers, and how they sign in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "klankbord.people"
    label = "people"
