"""Signing in: a code by e-mail, for people the organisation knows. Nobody makes an account for themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth's sign-in, without signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Persons come from the staff file; an account for a stranger would lead nowhere."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out speaks for itself."""
