"""Who sees an engagement, its course, its talks, its texts and its agreement."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import CLIENT, COACH, MINE, NOT_STEPPED_ASIDE, OUTLINE, OWN_TEXT
from klankbord.engagements.writings import TOGETHER
from klankbord.privacy.access import All, Among, Holder, Listed, Participants, Person, Role, Sees, Thing, When

# A version in the form for three is for three, once the client said yes to it.
THIRD_PARTY = Listed("id", "engagements_agreements_for_third")
# Written apart: one reads the other's once one's own lies beside it.
SIDE_BY_SIDE = "(kind not in ('interim', 'final') or engagements_has_shared(engagement_id, kind))"
OF_BOTH = f"kind in ({', '.join(f"'{kind}'" for kind in TOGETHER)})"

THINGS = (
    Thing(
        key="engagement",
        name=_("That there is coaching"),
        table="engagements_engagement",
        read=(
            Person("client_id"),
            Person("coach_id"),
            Listed("id", "engagements_as_sponsor"),
            Holder("coordinator", when=NOT_STEPPED_ASIDE),
        ),
        add=(All(Person("client_id"), Among("request_id", "engagements_request", "id", "client_id")),),
        change=(Participants(column="id"),),
        sees=(CLIENT, COACH, Sees(Role.SPONSOR, When.PARTY), OUTLINE),
    ),
    Thing(
        key="participant",
        name=_("Taking part"),
        table="engagements_participant",
        read=(Person("person_id"),),
        add=(MINE,),
        # SECURITY: whoever could change the own row would let themselves in again. Ending a part is asked of
        # engagements_end_participation().
        change=None,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="course",
        name=_("How far it is"),
        table="engagements_course",
        read=(Participants(),),
        sees=(CLIENT, COACH, OUTLINE),
    ),
    Thing(
        key="session",
        name=_("Time and place"),
        table="engagements_session",
        read=(Participants(),),
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="writing",
        name=_("Texts"),
        table="engagements_writing",
        read=(OWN_TEXT, Participants(audience=True, when=SIDE_BY_SIDE, table="engagements_writing")),
        add=(OWN_TEXT,),
        change=(OWN_TEXT, Participants(audience=True, when=OF_BOTH, table="engagements_writing")),
    ),
    Thing(
        key="agreement",
        name=_("The agreement"),
        table="engagements_agreement",
        read=(Participants(), THIRD_PARTY),
        add=(All(Person("author_id"), Participants()),),
        change=(Participants(), THIRD_PARTY),
        sees=(CLIENT, COACH, Sees(Role.SPONSOR, When.PARTY), OUTLINE),
    ),
    Thing(
        key="share",
        name=_("What is shared at work"),
        table="engagements_share",
        read=(Person("client_id"), Person("reader_id", when="withdrawn_at is null")),
        add=(All(Person("client_id"), MINE),),
        change=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.MANAGER, When.SHARED), Sees(Role.SPONSOR, When.SHARED)),
    ),
)
