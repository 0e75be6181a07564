"""A manager suggests coaching; the employee answers for themselves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def suggest(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def referral(request: MemberRequest, organisation: str, referral: UUID) -> HttpResponse:
    raise NotImplementedError


def answer(request: MemberRequest, organisation: str, referral: UUID) -> HttpResponse:
    raise NotImplementedError


def ask_first(request: MemberRequest, organisation: str, referral: UUID) -> HttpResponse:
    raise NotImplementedError


def question(request: MemberRequest, organisation: str, question: UUID) -> HttpResponse:
    raise NotImplementedError
