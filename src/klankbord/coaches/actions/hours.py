"""Hours from before, and statements of hours that are signed and may be withdrawn."""

from uuid import UUID

from klankbord.coaches.models import EarlierHours, HoursStatement, StatementWithdrawal
from klankbord.coaches.queries.statements import PURPOSE, statement_lines
from klankbord.coaches.rules.hours import hash_of, new_code
from klankbord.core.locks import one_at_a_time
from klankbord.people.api import Person
from klankbord.privacy import signing, vault
from klankbord.privacy.audit import action, record


@action("earlier_hours.add")
def add_earlier_hours(
    *,
    once: UUID,
    coach: Person,
    from_year: int,
    until_year: int,
    hours: int,
    clients: int | None,
    source: str,
    proof: str = "",
) -> EarlierHours:
    """State hours from before, or from elsewhere. Sending the same form twice states them once."""
    one_at_a_time(once)
    known = EarlierHours.objects.filter(pk=once, coach=coach).first()
    if known:
        record("earlier_hours.add", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    row = EarlierHours(
        id=once,
        organisation_id=coach.organisation_id,
        coach=coach,
        from_year=from_year,
        until_year=until_year,
        hours=hours,
        clients=clients,
        source=source,
        proof=proof,
    )
    row.save(force_insert=True)
    record("earlier_hours.add", row, owner=coach.pk)
    return row


@action("earlier_hours.remove")
def remove_earlier_hours(*, row: EarlierHours) -> None:
    """Take them away. A statement that was signed before keeps them: it says what was said then."""
    record("earlier_hours.remove", row, owner=row.coach_id)
    row.delete()


@action("hours_statement.sign")
def sign_statement(
    *, once: UUID, coach: Person, organisation: str, from_year: int, until_year: int, with_earlier: bool
) -> HoursStatement:
    """Sign the hours of these years as they are counted now. The same form sent twice signs one statement."""
    one_at_a_time(once)
    known = HoursStatement.objects.filter(pk=once, coach=coach).first()
    if known:
        record("hours_statement.sign", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    lines = statement_lines(
        coach=coach,
        organisation=organisation,
        from_year=from_year,
        until_year=until_year,
        with_earlier=with_earlier,
    )
    code = new_code()
    row = HoursStatement(
        id=once,
        organisation_id=coach.organisation_id,
        coach=coach,
        lines=lines,
        signature=signing.sign(PURPOSE, lines.encode()),
        public_key=signing.public_key(),
        code_hash=hash_of(code),
    )
    vault.seal(row, "code", code)
    row.save(force_insert=True)
    record("hours_statement.sign", row, owner=coach.pk)
    return row


@action("hours_statement.withdraw")
def withdraw_statement(*, statement: HoursStatement) -> None:
    """Stand by it no longer. It stays to be found with its code, as withdrawn."""
    one_at_a_time(statement.pk)
    if not StatementWithdrawal.objects.filter(statement=statement).exists():
        StatementWithdrawal(
            organisation_id=statement.organisation_id, statement=statement, coach_id=statement.coach_id
        ).save(force_insert=True)
    record("hours_statement.withdraw", statement, owner=statement.coach_id)
