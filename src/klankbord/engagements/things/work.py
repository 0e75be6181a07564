"""Who sees goals, the board, what is tried out, the spiral, ratings, and what three or more say."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import (
    ALL_THREE,
    CLIENT,
    COACH,
    MINE,
    OF_CLIENT_TAKING_PART,
    OWN_TEXT,
    SPONSOR,
)
from klankbord.privacy.access import All, Listed, Participants, Person, Role, Sees, Thing, When

BOTH_MAY = (Participants(),)
# The third party reads what was written since they were asked in, once the client said yes to it, and their own.
FOR_THE_THIRD = Listed("id", "engagements_meeting_texts_for_third")
OWN_AS_THIRD = All(Person("author_id"), Participants(roles=("sponsor",)))

_GOALS = (
    Thing(
        key="goal",
        name=_("Goals"),
        table="engagements_goal",
        read=BOTH_MAY,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="goal_wording",
        name=_("How a goal was put"),
        table="engagements_goalwording",
        read=BOTH_MAY,
        add=(OWN_TEXT,),
        change=None,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="goal_mark",
        name=_("How far a goal is"),
        table="engagements_goalmark",
        read=BOTH_MAY,
        add=(OWN_TEXT,),
        change=None,
        sees=(CLIENT, COACH),
    ),
)

_BOARD = (
    Thing(
        key="board",
        name=_("The board"),
        table="engagements_board",
        read=BOTH_MAY,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="card",
        name=_("What is on the board"),
        table="engagements_card",
        read=BOTH_MAY,
        add=(OWN_TEXT,),
        change=BOTH_MAY,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="board_step",
        name=_("The path over the board"),
        table="engagements_boardstep",
        read=BOTH_MAY,
        add=(All(Person("person_id"), Participants()),),
        change=None,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="experiment",
        name=_("What is tried out"),
        table="engagements_experiment",
        read=BOTH_MAY,
        add=(OWN_TEXT,),
        change=BOTH_MAY,
        sees=(CLIENT, COACH),
    ),
)

_LEARNING = (
    Thing(
        key="spiral",
        name=_("The learning spiral"),
        table="engagements_spiralstep",
        read=BOTH_MAY,
        add=(OF_CLIENT_TAKING_PART,),
        change=(OF_CLIENT_TAKING_PART,),
        remove=(OF_CLIENT_TAKING_PART,),
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="steering",
        name=_("How much steering is welcome"),
        table="engagements_steeringwish",
        read=BOTH_MAY,
        add=(OF_CLIENT_TAKING_PART,),
        change=None,
        sees=(CLIENT, COACH),
    ),
    Thing(
        key="signal",
        name=_("A word about the way of working"),
        table="engagements_signal",
        read=(OF_CLIENT_TAKING_PART, Participants(when="sent_at is not null")),
        add=(OF_CLIENT_TAKING_PART,),
        sees=(CLIENT, Sees(Role.COACH, When.SENT)),
    ),
    Thing(
        key="coach_look",
        name=_("The coach's own look"),
        table="engagements_coachlook",
        read=(Person("coach_id"),),
        add=(All(Person("coach_id"), Participants()),),
        change=(Person("coach_id"),),
        remove=(Person("coach_id"),),
        sees=(COACH,),
        author=Role.COACH,
    ),
    Thing(
        key="own_question",
        name=_("Questions of one's own"),
        table="engagements_ownquestion",
        read=(Person("person_id"),),
        remove=(Person("person_id"),),
        sees=(Sees(Role.SELF),),
        author=Role.SELF,
    ),
    Thing(
        key="favourite_question",
        name=_("Questions kept at hand"),
        table="engagements_favouritequestion",
        read=(Person("person_id"),),
        remove=(Person("person_id"),),
        sees=(Sees(Role.SELF),),
        author=Role.SELF,
    ),
)

_TOGETHER = (
    Thing(
        key="alliance_rating",
        name=_("Ratings of the working together"),
        table="engagements_alliancerating",
        read=(OWN_TEXT, Participants(when="shared_at is not null")),
        add=(OWN_TEXT,),
        change=(OWN_TEXT,),
        sees=(CLIENT, Sees(Role.COACH, When.SENT)),
    ),
    Thing(
        key="three_way_meeting",
        name=_("The talk of three"),
        table="engagements_threewaymeeting",
        read=(ALL_THREE,),
        add=BOTH_MAY,
        change=BOTH_MAY,
        sees=(CLIENT, COACH, SPONSOR),
    ),
    Thing(
        key="three_way_text",
        name=_("What the three agreed"),
        table="engagements_threewaytext",
        read=(Participants(), FOR_THE_THIRD, OWN_AS_THIRD),
        add=(All(Person("author_id"), ALL_THREE),),
        sees=(CLIENT, COACH, Sees(Role.SPONSOR, When.AGREED)),
    ),
    Thing(
        key="witness",
        name=_("What colleagues answer"),
        table="engagements_witness",
        read=(Person("client_id"), Person("person_id", when="state <> 'withdrawn'")),
        add=(All(Person("client_id"), MINE),),
        change=(Person("client_id"), Person("person_id", when="state in ('asked', 'answered', 'declined')")),
        sees=(CLIENT, Sees(Role.ASKED, When.OWN)),
    ),
)

_LEAVING = (
    Thing(
        key="farewell",
        name=_("An address to take your words along"),
        table="engagements_farewell",
        read=(Person("person_id"),),
        sees=(Sees(Role.SELF),),
        author=Role.SELF,
    ),
)

THINGS = (*_GOALS, *_BOARD, *_LEARNING, *_TOGETHER, *_LEAVING)
