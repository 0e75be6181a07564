"""The coordinator's pages: requests, matching, and the outline of all engagements."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def requests(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def request_to_match(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    raise NotImplementedError


def propose(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    raise NotImplementedError


def aside(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    raise NotImplementedError


def outline(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def outline_file(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError
