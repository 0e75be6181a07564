"""Who sees what of the policy."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import Everyone, Holder, Page, Role, Sees, Thing, When

THINGS = (
    Thing(
        key="policy",
        name=_("The coaching policy"),
        table="policy_policyversion",
        # A guest coaches under this policy.
        read=(Everyone(when="state <> 'draft'", guests=True), Holder("coordinator")),
        add=(Holder("coordinator"),),
        change=(Holder("coordinator"),),
        remove=(Holder("coordinator", when="state = 'draft'"),),
        sees=(Sees(Role.EVERYONE, When.PUBLISHED), Sees(Role.COORDINATOR)),
        author=Role.COORDINATOR,
    ),
)

PAGES: tuple[Page, ...] = ()
