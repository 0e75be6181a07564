"""What form a talk has."""

from klankbord.engagements.actions._steps import refuse_when_over
from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing
from klankbord.privacy.audit import action, record


@action("session.choose_form")
def choose_form(*, standing: Standing, session: Session, form: Session.Form, colleagues_told: bool | None) -> None:
    """A talk, looking along, practising or reading. Raises ``NotNow`` once it is over.

    *colleagues_told* is the client's word that whoever is there knows; None leaves it as it is, but another form than
    looking along has no colleagues to tell.
    """
    refuse_when_over(standing)
    if form != Session.Form.LOOKING_ALONG:
        colleagues_told = False
    session.form = form
    session.colleagues_told = session.colleagues_told if colleagues_told is None else colleagues_told
    session.save(update_fields=["form", "colleagues_told"])
    record("session.choose_form", session, owner=standing.engagement.client_id, detail={"kind": form})
