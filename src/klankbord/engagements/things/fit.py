"""Who sees whether coaching fits here: the client decides, and the coach sees nothing of what the client does."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import (
    CLIENT,
    COACH,
    NOT_STEPPED_ASIDE,
    OF_CLIENT_TAKING_PART,
)
from klankbord.privacy.access import ME, All, Among, Holder, Participants, Person, Role, Sees, Thing, When

AS_ITS_COACH = All(Person("coach_id"), Participants(roles=("coach",)))
# SECURITY: a coordinator may be this client's coach, or lead this client. As a coach they read nothing of what the
# client does with a thought, and a manager reads none of it: so being a coordinator as well does not let them in.
AS_COACH = f"select e.request_id from engagements_engagement e where e.coach_id = {ME}"  # noqa: S608 -- no value
AS_MANAGER = f"select p.id from people_person p where p.manager_id = {ME}"  # noqa: S608 -- no value in it
NOT_THEIRS = f"not (request_id = any(array({AS_COACH}))) and not (client_id = any(array({AS_MANAGER})))"

THINGS = (
    Thing(
        key="fit_thought",
        name=_("What a coach wrote about whether coaching fits"),
        table="engagements_fitthought",
        read=(AS_ITS_COACH,),
        change=None,
        sees=(COACH, CLIENT),
        author=Role.COACH,
    ),
    Thing(
        key="fit_letter",
        name=_("A thought about whether coaching fits here"),
        table="engagements_fitletter",
        read=(Person("client_id"),),
        add=(AS_ITS_COACH,),
        change=(Person("client_id"),),
        remove=(Person("client_id"),),
        sees=(CLIENT, COACH),
        author=Role.COACH,
    ),
    Thing(
        key="fit_reply",
        name=_("The answer to it"),
        table="engagements_fitreply",
        read=(OF_CLIENT_TAKING_PART, Participants(roles=("coach",))),
        add=(OF_CLIENT_TAKING_PART,),
        change=(OF_CLIENT_TAKING_PART,),
        sees=(CLIENT, Sees(Role.COACH, When.SENT)),
    ),
    Thing(
        key="fit_signal",
        name=_("What is passed on about whether coaching fits"),
        table="engagements_fitsignal",
        read=(
            Person("client_id"),
            Holder("coordinator", when=f"{NOT_STEPPED_ASIDE} and {NOT_THEIRS}"),
        ),
        add=(All(Person("client_id"), Among("request_id", "engagements_request", "id", "client_id")),),
        change=None,
        remove=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.COORDINATOR, When.SHARED)),
    ),
    Thing(
        key="fit_count",
        name=_("How often a pattern was passed on in a year"),
        table="engagements_fitcount",
        read=(Holder("coordinator"),),
        add=None,
        change=None,
        sees=(Sees(Role.COORDINATOR),),
        author=Role.COORDINATOR,
    ),
)
