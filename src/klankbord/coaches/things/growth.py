"""Who sees what of how coaches keep learning and account for hours."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import All, At, Everyone, Holder, Listed, Person, Role, Sees, Thing, When

COACH, GROUP = Sees(Role.COACH), Sees(Role.GROUP)
DONE = Sees(Role.COORDINATOR, When.DONE)
OWN = (Person("coach_id"),)
MY_GROUPS = "coaches_groups_now"
NOT_WITHDRAWN = "withdrawn_at is null"
# The two of a contact moment: the coordinator for as long as it is one.
THE_TWO = (Person("coach_id"), All(Person("coordinator_id"), Holder("coordinator")))
STARTS_A_GROUP = (
    All(Person("started_by_id"), Holder("coach")),
    All(Person("started_by_id"), Holder("coordinator")),
)


# Whoever was in the row's group at the moment the row was made. Who left does not read what came later.
IN_GROUP_AT = At("coaches_in_group_at", "group_id", "made_at")

HOURS = (
    Thing(
        key="earlier_hours",
        name=_("Hours from before"),
        table="coaches_earlierhours",
        read=OWN,
        remove=OWN,
        sees=(COACH,),
        author=Role.COACH,
    ),
    # No table of its own: a function counts them, by whole months, for the coach and for coordinators.
    Thing(
        key="hours_of_norm",
        name=_("How many hours a coach had in a year, where the policy has a norm"),
        table="",
        read=(),
        sees=(COACH, Sees(Role.COORDINATOR)),
        author=Role.COACH,
    ),
    Thing(
        key="hours_statement",
        name=_("A statement of hours"),
        table="coaches_hoursstatement",
        read=OWN,
        change=None,
        sees=(COACH,),
        author=Role.COACH,
    ),
    Thing(
        key="statement_withdrawal",
        name=_("That a statement was withdrawn"),
        table="coaches_statementwithdrawal",
        read=OWN,
        change=None,
        sees=(COACH,),
        author=Role.COACH,
    ),
)

INTERVISION = (
    Thing(
        key="intervision_group",
        name=_("Which intervision groups there are"),
        table="coaches_intervisiongroup",
        read=(Holder("coach"), Holder("coordinator")),
        add=STARTS_A_GROUP,
        change=(Listed("id", MY_GROUPS),),
        sees=(COACH, Sees(Role.COORDINATOR)),
        author=Role.COACH,
    ),
    Thing(
        key="intervision_member",
        name=_("Who is in an intervision group"),
        table="coaches_intervisionmember",
        read=(Person("person_id"), Holder("coach"), Holder("coordinator")),
        add=(All(Person("person_id"), Holder("coach")),),
        change=(Person("person_id"),),
        sees=(COACH, Sees(Role.COORDINATOR)),
        author=Role.COACH,
    ),
    Thing(
        key="intervision_meeting",
        name=_("When a group meets"),
        table="coaches_intervisionmeeting",
        read=(Listed("group_id", MY_GROUPS), Listed("id", "coaches_meetings_attended"), Holder("coordinator")),
        add=(Listed("group_id", MY_GROUPS),),
        change=(Listed("group_id", MY_GROUPS),),
        sees=(GROUP, DONE),
        author=Role.COACH,
    ),
    Thing(
        key="intervision_attendance",
        name=_("Who was at a meeting"),
        table="coaches_intervisionattendance",
        read=(Person("person_id"), Listed("group_id", MY_GROUPS), Holder("coordinator")),
        add=(Listed("group_id", MY_GROUPS),),
        change=None,
        remove=(Listed("group_id", MY_GROUPS),),
        sees=(GROUP, DONE),
        author=Role.COACH,
    ),
    Thing(
        key="intervision_subject",
        name=_("What a meeting was about"),
        table="coaches_intervisionsubject",
        read=(IN_GROUP_AT,),
        add=(All(Person("author_id"), Listed("group_id", MY_GROUPS)),),
        change=None,
        remove=(All(Person("author_id"), Listed("group_id", MY_GROUPS)),),
        sees=(GROUP,),
        author=Role.COACH,
    ),
)

LEARNING = (
    Thing(
        key="learning",
        name=_("Training and supervision of a coach"),
        table="coaches_learning",
        read=(Person("coach_id"), Holder("coordinator", when="shown")),
        add=OWN,
        change=OWN,
        remove=OWN,
        sees=(COACH, Sees(Role.COORDINATOR, When.TICKED)),
        author=Role.COACH,
    ),
    Thing(
        key="self_assessment",
        name=_("How a coach sees the own craft"),
        table="coaches_selfassessment",
        read=OWN,
        change=None,
        remove=OWN,
        sees=(COACH,),
        author=Role.COACH,
    ),
    Thing(
        key="assessment_done",
        name=_("That a coach looked at the own craft this year"),
        table="coaches_assessmentdone",
        read=(Person("coach_id"), Holder("coordinator")),
        add=OWN,
        change=None,
        remove=OWN,
        sees=(COACH, DONE),
        author=Role.COACH,
    ),
    Thing(
        key="departed_coach",
        name=_("That the things of a coach who left will end"),
        table="coaches_departedcoach",
        read=(Everyone(when="false"),),
        sees=(),
        author=Role.COACH,
    ),
)

STORY = (
    Thing(
        key="story_part",
        name=_("The coach's own story"),
        table="coaches_storypart",
        read=OWN,
        remove=OWN,
        sees=(COACH,),
        author=Role.COACH,
    ),
    Thing(
        key="story_share",
        name=_("A part of the story that is shared"),
        table="coaches_storyshare",
        read=(
            Person("coach_id"),
            Everyone(when=f"(audience = 'profile' and {NOT_WITHDRAWN})"),
            Holder("coordinator", when=f"audience = 'coordinator' and {NOT_WITHDRAWN}"),
            All(All(Listed("group_id", MY_GROUPS), IN_GROUP_AT), Everyone(when=NOT_WITHDRAWN)),
        ),
        # SECURITY: without the group in it, a coach could put words before a group of others.
        add=(All(Person("coach_id"), Everyone(when=f"(group_id is null or {Listed('group_id', MY_GROUPS).sql()})")),),
        change=OWN,
        sees=(
            COACH,
            Sees(Role.GROUP, When.SHARED),
            Sees(Role.COORDINATOR, When.SHARED),
            Sees(Role.EVERYONE, When.SHARED),
        ),
        author=Role.COACH,
    ),
    Thing(
        key="contact_moment",
        name=_("A talk of coach and coordinator"),
        table="coaches_contactmoment",
        read=THE_TWO,
        sees=(COACH, Sees(Role.COORDINATOR, When.OWN)),
        author=Role.COACH,
    ),
    Thing(
        key="contact_note",
        name=_("Notes of a talk of coach and coordinator"),
        table="coaches_contactnote",
        read=THE_TWO,
        change=None,
        sees=(COACH, Sees(Role.COORDINATOR, When.OWN)),
        author=Role.COACH,
    ),
)

THINGS = (*HOURS, *INTERVISION, *LEARNING, *STORY)
