"""Who sees each kind of text, on the screen."""

from django.utils.translation import gettext_lazy as _

from klankbord.engagements.things.readers import CLIENT, COACH, COACH_WHEN_SENT
from klankbord.privacy.access import Role, Sees, Thing, When


def _text(key: str, name: object, *sees: Sees, author: Role = Role.CLIENT) -> Thing:
    """A kind of text: a row of the table of its own on the screen, kept in the one table of texts."""
    return Thing(key=key, name=name, table="", read=(), sees=sees, author=author)  # type: ignore[arg-type]


THINGS = (
    _text("direction", _("Provisional direction"), CLIENT, COACH),
    _text("expectation", _("Expectations of each other"), CLIENT, COACH),
    _text("topic", _("What to talk about"), CLIENT, COACH_WHEN_SENT),
    _text("notes", _("Shared notes"), CLIENT, COACH),
    _text("reflection", _("Look back"), CLIENT, COACH_WHEN_SENT),
    _text("coach_page", _("The coach's own page"), COACH, author=Role.COACH),
    _text("report", _("Closing report"), CLIENT, COACH_WHEN_SENT),
    _text("crib", _("Crib"), CLIENT),
    _text("sentence", _("A sentence of one's own per talk"), CLIENT, COACH),
    _text("harvest", _("What it brought already"), CLIENT, COACH),
    _text("how_we_work", _("How we work now"), CLIENT, COACH),
    _text("meeting_form", _("What the talk looks like"), CLIENT, COACH),
    _text("jotting", _("Own jottings"), Sees(Role.SELF)),
    _text("alliance", _("Our working together"), CLIENT, COACH_WHEN_SENT),
    # Apart first: neither reads the other's before the own lies beside it.
    _text("interim", _("Looking back half-way"), CLIENT, Sees(Role.COACH, When.BESIDE)),
    _text(
        "interim_of_coach",
        _("The coach's looking back half-way"),
        Sees(Role.CLIENT, When.BESIDE),
        COACH,
        author=Role.COACH,
    ),
    _text("interim_together", _("What you both see half-way"), CLIENT, COACH),
    _text("final", _("Looking back at the end"), CLIENT, Sees(Role.COACH, When.BESIDE)),
    _text(
        "final_of_coach",
        _("The coach's looking back at the end"),
        Sees(Role.CLIENT, When.BESIDE),
        COACH,
        author=Role.COACH,
    ),
    _text("final_together", _("What you both see at the end"), CLIENT, COACH),
    _text("stakeholders", _("The people around it"), CLIENT, COACH_WHEN_SENT),
    _text("later", _("Looking back three months later"), CLIENT),
    _text("plan", _("How I go on"), CLIENT, COACH_WHEN_SENT),
    _text("fridge_card", _("Card for the fridge"), CLIENT),
    # Of one's own texts, put together when asked for and kept nowhere.
    _text("booklet", _("Booklet of one's own words"), CLIENT),
    _text("handover", _("What I give to a new coach"), CLIENT, COACH),
)
