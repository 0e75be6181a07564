"""Getting to know each other, and going on or not."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def introduction(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def plan(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def expectation(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def onward(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def another(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def unavailable(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def direction(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError
