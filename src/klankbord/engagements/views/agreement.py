""""Onze afspraken": read, written and accepted by both."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def agreement(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def edit(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def accept(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def version(request: MemberRequest, organisation: str, engagement: UUID, version: int) -> HttpResponse:
    raise NotImplementedError
