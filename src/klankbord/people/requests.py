"""The request as views of an organisation get it: signed in, and placed."""

from django.http import HttpRequest

from klankbord.core.models import Organisation
from klankbord.people.models import Account, Person


class MemberRequest(HttpRequest):
    """A request of a signed-in person inside one organisation. Made so by ``TenantMiddleware``."""

    organisation: Organisation
    person: Person
    roles: frozenset[str]
    guest: bool
    user: Account
    before_the_view: str
