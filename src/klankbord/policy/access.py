"""Who sees what of the policy."""

from django.utils.translation import gettext_lazy as _

from klankbord.policy.pages import PAGES
from klankbord.privacy.access import All, Everyone, Holder, Person, Role, Sees, Thing, When

THINGS = (
    Thing(
        key="policy",
        name=_("The coaching policy"),
        table="policy_policyversion",
        # A guest coaches under this policy.
        read=(Everyone(when="state <> 'draft'", guests=True), Holder("coordinator")),
        # SECURITY: only in one's own name, or a coordinator could put a policy under that of another.
        add=(All(Holder("coordinator"), Person("author_id")),),
        change=(Holder("coordinator"),),
        remove=(Holder("coordinator", when="state = 'draft'"),),
        sees=(Sees(Role.EVERYONE, When.PUBLISHED), Sees(Role.COORDINATOR)),
        author=Role.COORDINATOR,
    ),
)

__all__ = ["PAGES", "THINGS"]
