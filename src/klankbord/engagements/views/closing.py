"""Rounding off, and what the client tells or shows the manager."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def closing(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def begin(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def report(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def close_now(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def crib(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def share(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    raise NotImplementedError


def stop_sharing(request: MemberRequest, organisation: str, engagement: UUID, share: UUID) -> HttpResponse:
    raise NotImplementedError


def shared_text(request: MemberRequest, organisation: str, share: UUID) -> HttpResponse:
    raise NotImplementedError
