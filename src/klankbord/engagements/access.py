"""Who sees what of requests and engagements: the contract, as data."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.pages import closing, course, requests
from klankbord.privacy.access import All, Among, Holder, Page, Participants, Person, Role, Sees, Thing, When

CLIENT, COACH = Sees(Role.CLIENT), Sees(Role.COACH)
OUTLINE = Sees(Role.COORDINATOR, When.OUTLINE)
COACH_WHEN_SENT = Sees(Role.COACH, When.SENT)
ASIDE = "(select engagements_stepped_aside())::uuid[]"
NOT_STEPPED_ASIDE = f"not (request_id = any({ASIDE}))"
MINE = Among("engagement_id", "engagements_engagement", "id", "client_id")
# One's own text, as long as one takes part.
OWN_TEXT = All(Person("author_id"), Participants())

_REFERRALS = (
    Thing(
        key="referral",
        name=_("The suggestion of coaching"),
        table="engagements_referral",
        read=(Person("client_id"), Person("manager_id")),
        add=(Person("manager_id"),),
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
        add=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.ASKED, When.SENT)),
    ),
)

_REQUESTS = (
    Thing(
        key="request",
        name=_("Themes and wishes"),
        table="engagements_request",
        read=(
            Person("client_id"),
            Holder("coordinator", when=f"not (id = any({ASIDE}))"),
            Among("id", "engagements_proposal", "request_id", "coach_id", when="o.state in ('proposed', 'chosen')"),
        ),
        add=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.COORDINATOR, When.SENT), Sees(Role.COACH, When.PROPOSED)),
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

_ENGAGEMENTS = (
    Thing(
        key="engagement",
        name=_("That there is coaching"),
        table="engagements_engagement",
        read=(Person("client_id"), Person("coach_id"), Holder("coordinator", when=NOT_STEPPED_ASIDE)),
        add=(All(Person("client_id"), Among("request_id", "engagements_request", "id", "client_id")),),
        change=(Participants(column="id"),),
        sees=(CLIENT, COACH, Sees(Role.COORDINATOR, When.OUTLINE)),
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
        read=(OWN_TEXT, Participants(audience=True, table="engagements_writing")),
        add=(OWN_TEXT,),
        change=(OWN_TEXT, Participants(audience=True, when="kind = 'notes'", table="engagements_writing")),
    ),
    Thing(
        key="agreement",
        name=_("The agreement"),
        table="engagements_agreement",
        read=(Participants(),),
        add=(All(Person("author_id"), Participants()),),
        change=(Participants(),),
        sees=(CLIENT, COACH, OUTLINE),
    ),
    Thing(
        key="share",
        name=_("What is shared with the manager"),
        table="engagements_share",
        read=(Person("client_id"), Person("reader_id", when="withdrawn_at is null")),
        add=(All(Person("client_id"), MINE),),
        change=(Person("client_id"),),
        sees=(CLIENT, Sees(Role.MANAGER, When.SHARED)),
    ),
)


def _text(key: str, name: object, *sees: Sees, author: Role = Role.CLIENT) -> Thing:
    """A kind of text: a row of the table of its own on the screen, kept in the one table of texts."""
    return Thing(key=key, name=name, table="", read=(), sees=sees, author=author)  # type: ignore[arg-type]


_TEXTS = (
    _text("direction", _("Provisional direction"), CLIENT, COACH),
    _text("expectation", _("Expectations of each other"), CLIENT, COACH),
    _text("topic", _("What to talk about"), CLIENT, COACH_WHEN_SENT),
    _text("notes", _("Shared notes"), CLIENT, COACH),
    _text("reflection", _("Look back"), CLIENT, COACH_WHEN_SENT),
    _text("coach_page", _("The coach's own page"), COACH, author=Role.COACH),
    _text("report", _("Closing report"), CLIENT, COACH_WHEN_SENT),
    _text("crib", _("Crib"), CLIENT),
)

THINGS = (*_REFERRALS, *_REQUESTS, *_ENGAGEMENTS, *_TEXTS)
PAGES: tuple[Page, ...] = (*requests.PAGES, *course.PAGES, *closing.PAGES)
