"""People, the staff file, and everyone's own data."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.people.requests import MemberRequest


def people(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def people_file(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def import_people(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def import_template(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def import_preview(request: MemberRequest, organisation: str, upload: UUID) -> HttpResponse:
    raise NotImplementedError


def import_discard(request: MemberRequest, organisation: str, upload: UUID) -> HttpResponse:
    raise NotImplementedError


def person(request: MemberRequest, organisation: str, person: UUID) -> HttpResponse:
    raise NotImplementedError


def person_role(request: MemberRequest, organisation: str, person: UUID) -> HttpResponse:
    raise NotImplementedError


def my_data(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def my_language(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError


def who_sees_what(request: MemberRequest, organisation: str) -> HttpResponse:
    raise NotImplementedError
