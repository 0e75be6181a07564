"""Your engagements, and the line of time of one of them."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def mine(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def line_of_time(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def stop_early(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError
