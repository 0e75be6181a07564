"""One talk: before, after, and moving it."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def session(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    raise NotImplementedError


def text(request: MemberRequest, organisation: str, engagement: UUID, number: int, kind: str) -> HttpResponse:
    raise NotImplementedError


def just_coming(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    raise NotImplementedError


def move(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    raise NotImplementedError


def cancel(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    raise NotImplementedError
