"""Who managed whom is forgotten at night alone: whoever acts as a person would choose what nobody may know any more."""

from django.db import migrations

FORGET = """
-- What no policy asks for any more. SECURITY: within the acting organisation, never of the last year{reason}.
create or replace function people_forget_lines(wanted date) returns integer language sql
security definer set search_path = public, pg_temp as $$
    with gone as (
        delete from people_linespell
        where organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
          and until < wanted and until < current_date - 366{night}
        returning 1
    )
    select count(*)::int from gone
$$;
"""
FORWARDS = FORGET.format(
    reason=""", and for nobody who acts as
-- a person: a coach and somebody they led could otherwise be matched after all""",
    night="""
          and nullif(current_setting('klankbord.person', true), '') is null""",
)
BACKWARDS = FORGET.format(reason="", night="")


class Migration(migrations.Migration):
    dependencies = [("people", "0011_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
