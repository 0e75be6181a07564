"""How an organisation coaches, for now: its policy in versions, and the rules that follow from it."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "klankbord.policy"
    label = "policy"

    def ready(self) -> None:
        """Texts speak in the organisation's own words from here on."""
        from klankbord.core.own_words import words_come_from
        from klankbord.core.translation import speak_in_own_words
        from klankbord.policy.own_word import own_word

        words_come_from(own_word)
        speak_in_own_words()
