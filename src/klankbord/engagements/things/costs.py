"""Who sees what coaching costs."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import CLIENT, COACH
from klankbord.privacy.access import All, Clause, Holder, Participants, Role, Sees, Thing, When

# The task of finance is one of a coordinator: alone it opens nothing.
FINANCE = All(Holder("finance"), Holder("coordinator"))
# Whoever stepped aside does not see that there is coaching, nor the money of it.
OF_WHAT_IS_SEEN = Holder("finance", when="engagement_id = any(array(select e.id from engagements_engagement e))")
KEEPER: Clause = All(Holder("coordinator"), OF_WHAT_IS_SEEN)
PAYING = Participants(roles=("sponsor",), when="sponsor_pays")
PAYING_INVOICE = Participants(
    roles=("sponsor",),
    when="exists (select 1 from engagements_engagementcost c where c.id = cost_id and c.sponsor_pays)",
)

SEES = (CLIENT, COACH, Sees(Role.SPONSOR, When.PAYING), Sees(Role.FINANCE))

THINGS = (
    Thing(
        key="year_budget",
        name=_("The budget of a year"),
        table="engagements_yearbudget",
        read=(FINANCE, Holder("leadership")),
        add=(FINANCE,),
        change=(FINANCE,),
        sees=(Sees(Role.FINANCE), Sees(Role.LEADERSHIP)),
        author=Role.FINANCE,
    ),
    Thing(
        key="engagement_cost",
        name=_("What a coaching costs"),
        table="engagements_engagementcost",
        read=(Participants(), PAYING, KEEPER),
        add=(KEEPER,),
        change=(Participants(roles=("coach",)), KEEPER),
        sees=SEES,
        author=Role.FINANCE,
    ),
    Thing(
        key="invoice",
        name=_("Invoices of a coaching"),
        table="engagements_invoice",
        read=(Participants(), PAYING_INVOICE, KEEPER),
        add=(KEEPER,),
        change=None,
        sees=SEES,
        author=Role.FINANCE,
    ),
)
