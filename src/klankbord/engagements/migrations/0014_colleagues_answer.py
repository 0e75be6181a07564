"""What colleagues answer is theirs to write; and whose coaching was rounded off three months ago."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FORWARDS = """
-- The coachings that were rounded off three months before this day, and of which the client was not told so yet. Who
-- was away for two weeks is not told afterwards; nor is anybody whose texts are gone.
-- SECURITY: it tells ids only, and only to whoever may act without being anybody: the work at night.
create function engagements_three_months_ago(today date)
returns table (organisation_id uuid, engagement_id uuid, client_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.organisation_id, e.id, e.client_id from engagements_engagement e
    join engagements_course c on c.engagement_id = e.id
    join people_person p on p.id = e.client_id and p.active
    where nullif(current_setting('klankbord.person', true), '') is null
      and c.phase = 'closed' and c.route = 'full'
      and (e.closed_on + interval '3 months')::date between today - 14 and today
      and (c.destroy_on is null or c.destroy_on > today)
      and not exists (select 1 from privacy_auditrow a where a.organisation_id = e.organisation_id
                      and a.owner_id = e.client_id and a.verb = 'engagement.three_months' and a.subject_id = e.id
                      and a.at >= e.closed_on)
$$;
"""

BACKWARDS = "drop function engagements_three_months_ago(date);"


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0013_row_security"),
    ]

    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        pgtrigger.migrations.AddTrigger(
            model_name="witness",
            trigger=pgtrigger.compiler.Trigger(
                name="answer_is_for_oneself",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (current_user = 'klankbord_app')",
                    declare="DECLARE me uuid;",
                    func="\n        me := nullif(current_setting('klankbord.person', true), '')::uuid;\n        if (tg_op = 'INSERT' and (new.text is not null or new.answered_at is not null)\n            or tg_op = 'UPDATE' and (new.text is distinct from old.text\n                                     or new.answered_at is distinct from old.answered_at))\n           and new.person_id is distinct from me then\n            raise exception 'Cannot update: only who was asked answers';\n        end if;\n        if tg_op = 'UPDATE' and new.asked_for is distinct from old.asked_for and new.client_id is distinct from me then\n            raise exception 'Cannot update: only the client says what is asked';\n        end if;\n        return new;\n    ",
                    hash="39f8468b863d1e57b95f69f23b0d302b163c2fcb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_answer_is_for_oneself_7f433",
                    table="engagements_witness",
                    when="BEFORE",
                ),
            ),
        ),
    ]
