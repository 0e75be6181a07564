"""Who sees suggestions, requests and proposals."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import ASIDE, CLIENT, COACH, NOT_STEPPED_ASIDE
from klankbord.privacy.access import All, Among, Everyone, Holder, Person, Role, Sees, Thing, When

# SECURITY: whoever coaches here as a guest suggests nothing to anybody, and asks for no coach here.
AS_ONE_OF_US = Everyone()

REFERRALS = (
    Thing(
        key="referral",
        name=_("The suggestion of coaching"),
        table="engagements_referral",
        read=(Person("client_id"), Person("manager_id")),
        add=(All(Person("manager_id"), AS_ONE_OF_US),),
        change=None,
        sees=(CLIENT, Sees(Role.MANAGER)),
        author=Role.MANAGER,
    ),
    Thing(
        key="referral_answer",
        name=_("The answer to the suggestion"),
        table="engagements_referralanswer",
        read=(Person("client_id"),),
        sees=(CLIENT,),
    ),
    Thing(
        key="referral_question",
        name=_("A question about the suggestion"),
        table="engagements_referralquestion",
        read=(Person("client_id"), Person("asked_id")),
        add=(All(Person("client_id"), AS_ONE_OF_US),),
        sees=(CLIENT, Sees(Role.ASKED, When.SENT)),
    ),
)

REQUESTS = (
    Thing(
        key="noted_request",
        name=_("What a coordinator noted for you"),
        table="engagements_notedrequest",
        read=(Person("client_id"), Person("author_id")),
        add=(All(Person("author_id", when="client_id <> author_id"), Holder("coordinator")),),
        change=None,
        remove=(Person("client_id"), Person("author_id")),
        sees=(CLIENT, Sees(Role.COORDINATOR, When.NOTED)),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="sheet_letter",
        name=_("What was taken over from a spreadsheet for you"),
        table="engagements_sheetletter",
        # SECURITY: whoever sent it does not read it: that it is gone would tell what the other decided.
        read=(Person("person_id"),),
        add=(All(Person("author_id", when="person_id <> author_id"), Holder("coordinator")),),
        change=None,
        remove=(Person("person_id"),),
        sees=(Sees(Role.SELF), Sees(Role.COORDINATOR, When.NOTED)),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="sheet_note",
        name=_("What you laid before others from a spreadsheet"),
        table="engagements_sheetnote",
        read=(Person("author_id"),),
        add=(All(Person("author_id"), Holder("coordinator")),),
        # SECURITY: it goes together with its letter, by engagements_take_back_sheet(); apart, it would tell of it.
        change=None,
        sees=(Sees(Role.COORDINATOR, When.NOTED),),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="request",
        name=_("Themes and wishes"),
        table="engagements_request",
        read=(
            Person("client_id"),
            Holder("coordinator", when=f"not (id = any({ASIDE}))"),
            Among("id", "engagements_proposal", "request_id", "coach_id", when="o.state in ('proposed', 'chosen')"),
        ),
        add=(All(Person("client_id"), AS_ONE_OF_US),),
        sees=(CLIENT, Sees(Role.COORDINATOR, When.SENT), Sees(Role.COACH, When.PROPOSED)),
    ),
    Thing(
        key="request_preference",
        name=_("Whom you would rather have"),
        table="engagements_requestpreference",
        read=(Person("client_id"), Holder("coordinator", when=NOT_STEPPED_ASIDE)),
        add=(All(Person("client_id"), Among("request_id", "engagements_request", "id", "client_id")),),
        change=None,
        remove=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.COORDINATOR, When.SENT)),
    ),
    Thing(
        key="request_words",
        name=_("Own words"),
        table="engagements_requestwords",
        read=(Person("client_id"), Holder("coordinator", when=f"shared and {NOT_STEPPED_ASIDE}"), Person("coach_id")),
        add=(Person("client_id"),),
        change=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.COORDINATOR, When.TICKED), Sees(Role.COACH, When.CHOSEN)),
    ),
    Thing(
        key="proposal",
        name=_("The proposal of a coach"),
        table="engagements_proposal",
        read=(Person("client_id"), Person("coach_id"), Holder("coordinator", when=NOT_STEPPED_ASIDE)),
        add=(Holder("coordinator", when=NOT_STEPPED_ASIDE),),
        sees=(CLIENT, COACH, Sees(Role.COORDINATOR)),
        author=Role.COORDINATOR,
    ),
)

WAITING = (
    Thing(
        key="first_talk",
        name=_("How long it took to the first talk"),
        table="engagements_firsttalk",
        # SECURITY: per person this tells who was helped late. The database counts with it, and nobody reads it.
        read=(Everyone(when="false"),),
        add=None,
        change=None,
    ),
    Thing(
        key="waiting_figure",
        name=_("How long it usually takes to the first talk"),
        table="engagements_waitingfigure",
        read=(Everyone(),),
        add=None,
        change=None,
        sees=(Sees(Role.EVERYONE),),
    ),
)

THINGS = (*REFERRALS, *REQUESTS, *WAITING)
