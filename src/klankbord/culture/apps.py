"""The culture of an organisation, asked in waves: who is asked, how answers stay sealed, and what is published."""

from django.apps import AppConfig


class CultureConfig(AppConfig):
    name = "klankbord.culture"
    label = "culture"
