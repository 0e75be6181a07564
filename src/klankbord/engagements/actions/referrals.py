"""A manager suggests; the employee decides."""

from uuid import UUID

from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.models import Referral, ReferralAnswer, ReferralQuestion
from klankbord.engagements.rules.lifecycle import REFERRAL, ReferralAct, ReferralState, Role
from klankbord.people.api import Person, notify
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


def _address(slug: str, referral: Referral) -> str:
    return reverse("referral", kwargs={"organisation": slug, "referral": referral.pk})


@action("referral.write")
def suggest_coaching(*, once: UUID, slug: str, manager: Person, client: Person, text: str) -> Referral:
    """The manager's literal text goes to the employee. Sending the same form twice sends it once.

    Raises ``ValueError`` when *client* does not report to *manager*.
    """
    if client.manager_id != manager.pk:
        raise ValueError("a manager suggests coaching to the own people only")
    one_at_a_time(once)
    known = Referral.objects.filter(pk=once, manager=manager).first()
    if known:
        record("referral.write", known, owner=client.pk, detail={"outcome": "again"})
        return known
    referral = Referral(id=once, organisation_id=current_scope().organisation_id, manager=manager, client=client)
    vault.seal(referral, "text", text)
    referral.save(force_insert=True)
    record("referral.write", referral, owner=client.pk)
    notify(person_id=client.pk, kind="referral", link=_address(slug, referral), name=manager.first_name)
    return referral


def _answer(referral: Referral) -> ReferralAnswer:
    """The employee's own row, made at the first answer."""
    known = ReferralAnswer.objects.select_for_update().filter(referral=referral).first()
    if known:
        return known
    row = ReferralAnswer(organisation_id=referral.organisation_id, referral=referral, client_id=referral.client_id)
    row.save(force_insert=True)
    return row


@action("referral.answer")
def answer_referral(*, referral: Referral, act: ReferralAct) -> ReferralAnswer:
    """Yes, or not now. The manager is not told: that is for the employee to do. Raises ``NotNow``."""
    row = _answer(referral)
    if row.state != ReferralState.YES or act is not ReferralAct.SAY_YES:
        row.state = REFERRAL.next(ReferralState(row.state), act, Role.CLIENT)
        row.changed_at = clock.now()
        row.save(update_fields=["state", "changed_at"])
    record("referral.answer", referral, owner=referral.client_id)
    return row


@action("referral.ask")
def ask_about_referral(*, once: UUID, slug: str, referral: Referral, asked: Person, text: str) -> ReferralQuestion:
    """A question first, to the manager or to a coordinator; only that person reads it. Raises ``NotNow``."""
    one_at_a_time(once)
    known = ReferralQuestion.objects.filter(pk=once, client_id=referral.client_id).first()
    if known:
        record("referral.ask", known, owner=referral.client_id, detail={"outcome": "again"})
        return known
    row = _answer(referral)
    if row.state != ReferralState.QUESTION:
        row.state = REFERRAL.next(ReferralState(row.state), ReferralAct.ASK, Role.CLIENT)
        row.changed_at = clock.now()
        row.save(update_fields=["state", "changed_at"])
    question = ReferralQuestion(
        id=once,
        organisation_id=referral.organisation_id,
        referral=referral,
        client_id=referral.client_id,
        asked=asked,
    )
    vault.seal(question, "text", text)
    question.save(force_insert=True)
    record("referral.ask", question, owner=referral.client_id)
    link = reverse("referral_question", kwargs={"organisation": slug, "question": question.pk})
    notify(person_id=asked.pk, kind="referral_question", link=link, name=referral.client.first_name)
    return question


@action("referral.reply")
def reply_to_question(*, slug: str, question: ReferralQuestion, text: str) -> None:
    """The answer to a question that was asked first."""
    vault.seal(question, "answer", text)
    question.answered_at = clock.now()
    question.save(update_fields=["answer", "answered_at"])
    record("referral.reply", question, owner=question.client_id)
    link = reverse("referral", kwargs={"organisation": slug, "referral": question.referral_id})
    notify(person_id=question.client_id, kind="referral_answer", link=link, name=question.asked.first_name)
