"""Who sees the rounds in which a group is matched, and who came to stand near whom."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import NOT_STEPPED_ASIDE
from klankbord.privacy.access import ME, All, Among, Holder, Person, Role, Sees, Thing, When

# SECURITY: one's own request is no work of one's own, whatever the round.
_OWN = f"select r.id from engagements_request r where r.client_id = {ME}"  # noqa: S608 -- no value in it
NOT_ONES_OWN = f"not (request_id = any(array({_OWN})))"
OF_MAKER = All(
    Among("round_id", "engagements_matchround", "id", "made_by_id"),
    Holder("coordinator", when=f"{NOT_STEPPED_ASIDE} and {NOT_ONES_OWN}"),
)

THINGS = (
    Thing(
        key="match_round",
        name=_("Matching a group"),
        table="engagements_matchround",
        read=(All(Person("made_by_id"), Holder("coordinator")),),
        sees=(Sees(Role.COORDINATOR, When.OWN),),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="match_row",
        name=_("A coach for everybody in a group"),
        table="engagements_matchrow",
        read=(OF_MAKER,),
        sees=(Sees(Role.COORDINATOR, When.OWN),),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="came_near",
        name=_("That [[client]] and coach came to stand near each other"),
        table="engagements_camenear",
        # SECURITY: whoever is one of the two reads it at their own coaching, with the other's yes, and not here.
        read=(Holder("coordinator", when=f"{NOT_STEPPED_ASIDE} and client_id <> {ME} and coach_id <> {ME}"),),
        # What stands in it is found at night or after an import, and written by functions alone.
        add=None,
        change=None,
        sees=(Sees(Role.CLIENT), Sees(Role.COACH), Sees(Role.COORDINATOR, When.OUTLINE)),
    ),
)
