"""Reminders that are planned, and go by themselves."""

import django.contrib.postgres.fields
from django.db import migrations, models

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
NOBODY_ACTS = "nullif(current_setting('klankbord.person', true), '') is null"
DEFINER = "security definer set search_path = public, pg_temp"

BY_HAND = f"""
-- One more letter to everyone alike. False when there were enough, when as many as there may be are planned for later
-- days, or when there was one today.
create or replace function culture_remind(wanted uuid, most integer, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    update culture_wave w set letters = w.letters + 1, last_letter_on = day, reminded = w.reminded || day
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open' and klankbord_holds('coordinator')
      and w.letters + (select count(*) from unnest(w.reminders) as planned where planned > day) < most + 1
      and w.last_letter_on < day and day <= w.closes;
    return found;
end $$;
"""  # noqa: S608 -- pieces of this module

AS_PLANNED = f"""
-- The same because a day was planned for it. False when nothing is planned until that day, or there was one today.
-- SECURITY: it looks at days and numbers of the wave only; who answered makes no difference to who is reminded.
create function culture_remind_as_planned(wanted uuid, most integer, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    update culture_wave w set letters = w.letters + 1, last_letter_on = day, reminded = w.reminded || day
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open' and {NOBODY_ACTS}
      and exists (select 1 from unnest(w.reminders) as planned where planned > w.last_letter_on and planned <= day)
      and w.letters < most + 1 and w.last_letter_on < day and day <= w.closes;
    return found;
end $$;

-- Where that is so, in any organisation. SECURITY: it looks through all of them, so only when nobody acts.
create function culture_reminders_due(day date) returns table (organisation_id uuid, wave_id uuid)
language sql stable {DEFINER} as $$
    select w.organisation_id, w.id from culture_wave w
    where {NOBODY_ACTS} and w.state = 'open' and w.last_letter_on < day and day <= w.closes
      and exists (select 1 from unnest(w.reminders) as planned where planned > w.last_letter_on and planned <= day)
$$;

-- Other days for the reminders that have not gone. Only days still to come; or today, when that was planned.
create function culture_plan_reminders(wanted uuid, days date[], most integer, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    update culture_wave w
    set reminders = array(
        select planned from unnest(w.reminders) as planned where planned <= w.last_letter_on
        union select planned from unnest(days) as planned order by 1)
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open' and klankbord_holds('coordinator')
      and w.letters - 1 + cardinality(days) <= most
      and not exists (
          select 1 from unnest(days) as planned
          where planned is null or planned <= w.last_letter_on or planned < day or planned >= w.closes
             or (planned = day and planned <> all (w.reminders)));
    return found;
end $$;
"""  # noqa: S608 -- pieces of this module

BY_HAND_BEFORE = f"""
drop function culture_plan_reminders(uuid, date[], integer, date);
drop function culture_reminders_due(date);
drop function culture_remind_as_planned(uuid, integer, date);
create or replace function culture_remind(wanted uuid, most integer, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    update culture_wave w set letters = w.letters + 1, last_letter_on = day
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open' and klankbord_holds('coordinator')
      and w.letters < most + 1 and w.last_letter_on < day and day <= w.closes;
    return found;
end $$;
"""  # noqa: S608 -- pieces of this module


class Migration(migrations.Migration):
    dependencies = [("culture", "0005_team")]
    operations = [
        migrations.AddField(
            model_name="wave",
            name="reminders",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list),
        ),
        migrations.AddField(
            model_name="wave",
            name="reminded",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list),
        ),
        migrations.RunSQL(BY_HAND + AS_PLANNED, BY_HAND_BEFORE),
    ]
