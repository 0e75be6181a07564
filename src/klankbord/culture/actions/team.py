"""A team writes down what it is going to do, and takes it away again."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.culture import decisions as decided
from klankbord.culture.models import TeamDecision, Wave
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@action("team_decision.write")
def write_decision(*, once: UUID, wave: Wave, unit_id: UUID, text: str) -> TeamDecision:
    """Write down what the acting person's own team is going to do. The same form twice is once."""
    one_at_a_time(once)
    known = TeamDecision.objects.filter(pk=once).first()
    if known:
        record("team_decision.write", known, detail={"outcome": "again"})
        return known
    row = TeamDecision(
        id=once,
        organisation_id=current_scope().organisation_id,
        wave=wave,
        unit_id=unit_id,
        decided_on=clock.today(),
    )
    vault.seal(row, "text", text)
    row.save(force_insert=True)
    record("team_decision.write", row)
    return row


@action("team_decision.forget")
def forget_decisions(*, decisions: Sequence[UUID], before: date) -> None:
    """Take away what was kept long enough; the keys went first. In the name of nobody."""
    record("team_decision.forget", detail={"count": decided.forget_decisions(decisions, before)})


@action("team_decision.remove")
def remove_decision(*, decision: TeamDecision) -> None:
    """Take it away, and its key with it: so its words cannot be read in any copy either."""
    record("team_decision.remove", decision)
    transaction.on_commit(partial(vault.destroy, decision.vault_scope))
    decision.delete()
