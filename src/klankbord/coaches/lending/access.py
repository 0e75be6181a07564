"""Who sees what of lending coaches. Nobody writes these rows but the functions that look at both sides."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import Holder, Page, Person, Role, Sees, Thing, When

COORDINATOR = (Holder("coordinator"),)
# Coaches read what they would be lent under, and no draft of it.
AGREED = "side = 'lends' and state <> 'drafting'"
SAID_YES = "lender_said_yes_at is not null and borrower_said_yes_at is not null"

THINGS = (
    Thing(
        key="lending_invitation",
        name=_("A code for another organisation"),
        table="coaches_lendinginvitation",
        read=COORDINATOR,
        change=None,
        remove=COORDINATOR,
        sees=(Sees(Role.COORDINATOR),),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="lending",
        name=_("The agreement on lending coaches"),
        table="coaches_lendingagreement",
        read=(Holder("coordinator"), Holder("coach", when=AGREED)),
        add=None,
        change=None,
        sees=(Sees(Role.COORDINATOR), Sees(Role.COACH, When.AGREED)),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="lending_version",
        name=_("What two organisations agree on"),
        table="coaches_lendingversion",
        read=(Holder("coordinator"), Holder("coach", when=SAID_YES)),
        add=None,
        change=None,
        sees=(Sees(Role.COORDINATOR), Sees(Role.COACH, When.AGREED)),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="lent_coach",
        name=_("Who is lent"),
        table="coaches_lentcoach",
        read=(Person("person_id"), Holder("coordinator")),
        add=None,
        change=None,
        sees=(Sees(Role.COACH), Sees(Role.COORDINATOR)),
        author=Role.COACH,
    ),
)

TWO_WAYS = ("GET", "POST")
SENT = ("POST",)
FATIMA = {"fatima": 200}
COACHES = {"marieke": 200, "willem": 200, "bram": 200, "saskia": 200}
# In the story Waterland borrows: its coaches are lent to nobody, so for them there is nothing to read.
NOT_THEIRS = dict.fromkeys(COACHES, 404)

PAGES: tuple[Page, ...] = (
    Page(route="lending", thing="lending", answers=FATIMA, otherwise=403),
    Page(route="lending_invite", thing="lending_invitation", answers=FATIMA, otherwise=403, methods=SENT),
    Page(route="lending_take_up", thing="lending_invitation", answers={"fatima": 200}, otherwise=403, methods=SENT),
    Page(route="lending_agreement", thing="lending_version", answers=FATIMA, otherwise=403),
    Page(route="lending_write", thing="lending_version", answers=FATIMA, otherwise=403, methods=TWO_WAYS),
    Page(route="lending_yes", thing="lending_version", answers={"fatima": 302}, otherwise=403, methods=SENT),
    Page(route="lending_end", thing="lending", answers=FATIMA, otherwise=403, methods=TWO_WAYS),
    Page(route="lending_name", thing="lent_coach", answers={"fatima": 302}, otherwise=403, methods=SENT),
    Page(route="lending_pdf", thing="lending_version", answers=FATIMA | NOT_THEIRS, otherwise=403),
    Page(route="being_lent", thing="lent_coach", answers=COACHES, otherwise=403),
    Page(route="be_lent", thing="lent_coach", answers=NOT_THEIRS, otherwise=403, methods=TWO_WAYS),
    Page(route="be_lent_stop", thing="lent_coach", answers=NOT_THEIRS, otherwise=403, methods=SENT),
)
