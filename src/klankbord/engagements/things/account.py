"""Who sees the account of a year."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import All, Everyone, Holder, Person, Role, Sees, Thing, When

THINGS = (
    Thing(
        key="year_account",
        name=_("The account of a year"),
        table="engagements_yearaccount",
        read=(Everyone(),),
        # SECURITY: only in one's own name, or a coordinator could put an account under that of another.
        add=(All(Holder("coordinator"), Person("author_id")),),
        change=None,
        sees=(Sees(Role.EVERYONE, When.PUBLISHED), Sees(Role.COORDINATOR)),
        author=Role.COORDINATOR,
    ),
)
