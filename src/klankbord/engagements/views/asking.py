"""Asking for coaching: words, wishes, a last look, and what follows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def ask(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def ask_wishes(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def ask_send(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def other_help(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def request_page(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    raise NotImplementedError


def withdraw(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    raise NotImplementedError


def choose(request: MemberRequest, organisation: str, proposal: UUID) -> HttpResponse:
    raise NotImplementedError


def pass_on(request: MemberRequest, organisation: str, proposal: UUID) -> HttpResponse:
    raise NotImplementedError
