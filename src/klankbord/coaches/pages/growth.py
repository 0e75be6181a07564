"""Who is answered what at the addresses of how coaches keep learning and account for hours."""

from klankbord.privacy.access import Page

COACHES = dict.fromkeys(("marieke", "willem", "bram", "saskia"), 200)
COACHES_SEND = dict.fromkeys(("marieke", "willem", "bram", "saskia"), 302)
NOT_MINE = dict.fromkeys(("willem", "bram", "saskia"), 404)
BOTH = COACHES | {"fatima": 200}
SENT, READ_AND_SENT = ("POST",), ("GET", "POST")
# Of Marieke's own things: another coach hears that there is no such thing, the others that this is for coaches.
ONLY_MARIEKE = {"marieke": 302} | NOT_MINE
# Marieke's group: Willem is in it too.
IN_THE_GROUP = {"marieke": 302, "willem": 302}

PAGES: tuple[Page, ...] = (
    Page(route="my_craft", thing="self_assessment", answers=COACHES, otherwise=403),
    Page(route="craft_hours", thing="earlier_hours", answers=COACHES, otherwise=403),
    Page(route="craft_earlier", thing="earlier_hours", answers=COACHES_SEND, otherwise=403, methods=SENT),
    Page(route="craft_earlier_remove", thing="earlier_hours", answers=ONLY_MARIEKE, otherwise=403, methods=SENT),
    Page(route="craft_statement", thing="hours_statement", answers=COACHES, otherwise=403, methods=READ_AND_SENT),
    Page(route="craft_statement_paper", thing="hours_statement", answers={"marieke": 200} | NOT_MINE, otherwise=403),
    Page(
        route="craft_statement_withdraw",
        thing="statement_withdrawal",
        answers=ONLY_MARIEKE,
        otherwise=403,
        methods=SENT,
    ),
    Page(route="craft_learning", thing="learning", answers=COACHES, otherwise=403, methods=READ_AND_SENT),
    Page(route="craft_learning_remove", thing="learning", answers=ONLY_MARIEKE, otherwise=403, methods=SENT),
    Page(route="craft_learning_show", thing="learning", answers=ONLY_MARIEKE, otherwise=403, methods=SENT),
    Page(route="craft_sides", thing="self_assessment", answers=COACHES, otherwise=403),
    Page(route="craft_look", thing="self_assessment", answers=COACHES, otherwise=403, methods=READ_AND_SENT),
    Page(route="craft_look_remove", thing="self_assessment", answers=ONLY_MARIEKE, otherwise=403, methods=SENT),
    Page(route="craft_story", thing="story_part", answers=COACHES, otherwise=403, methods=READ_AND_SENT),
    Page(route="craft_story_share", thing="story_share", answers=COACHES, otherwise=403, methods=READ_AND_SENT),
    Page(route="craft_story_withdraw", thing="story_share", answers=ONLY_MARIEKE, otherwise=403, methods=SENT),
    Page(route="intervision", thing="intervision_group", answers=BOTH, otherwise=403, methods=READ_AND_SENT),
    Page(route="intervision_group", thing="intervision_group", answers=BOTH, otherwise=403),
    Page(route="intervision_join", thing="intervision_member", answers=COACHES_SEND, otherwise=403, methods=SENT),
    Page(route="intervision_leave", thing="intervision_member", answers=IN_THE_GROUP, otherwise=403, methods=SENT),
    Page(route="intervision_open", thing="intervision_group", answers=IN_THE_GROUP, otherwise=403, methods=SENT),
    Page(route="intervision_plan", thing="intervision_meeting", answers=IN_THE_GROUP, otherwise=403, methods=SENT),
    Page(
        route="intervision_meeting",
        thing="intervision_subject",
        answers={"marieke": 200, "willem": 200},
        otherwise=403,
    ),
    Page(
        route="intervision_attendance",
        thing="intervision_attendance",
        answers=IN_THE_GROUP,
        otherwise=403,
        methods=SENT,
    ),
    Page(route="intervision_subject", thing="intervision_subject", answers=IN_THE_GROUP, otherwise=403, methods=SENT),
    Page(
        route="intervision_subject_remove",
        thing="intervision_subject",
        answers={"marieke": 302, "willem": 404},
        otherwise=403,
        methods=SENT,
    ),
    Page(route="intervision_cancel", thing="intervision_meeting", answers=IN_THE_GROUP, otherwise=403, methods=SENT),
    Page(
        route="contact",
        thing="contact_moment",
        answers={"marieke": 200, "fatima": 200} | NOT_MINE,
        otherwise=403,
        methods=READ_AND_SENT,
    ),
    Page(
        route="contact_hold",
        thing="contact_moment",
        answers={"marieke": 302, "fatima": 302} | NOT_MINE,
        otherwise=403,
        methods=SENT,
    ),
    Page(
        route="contact_note",
        thing="contact_note",
        answers={"marieke": 302, "fatima": 302} | NOT_MINE,
        otherwise=403,
        methods=SENT,
    ),
)
