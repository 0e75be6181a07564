"""What was taken from a spreadsheet: said yes to, taken back, and gone by itself."""

from django.db import migrations

FORWARDS = """
-- The proposal behind coaching that ran already. Only coordinators propose; here one did, in a letter.
-- SECURITY: for whom the letter is, with the coach it names, under a request of their own that holds no proposal yet.
-- The letter goes with it, so that it opens one coaching.
create function engagements_propose_from_sheet(letter uuid, asked uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me uuid := nullif(current_setting('klankbord.person', true), '')::uuid;
    here uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
    its_coach uuid;
    made uuid;
begin
    select l.coach_id into its_coach from engagements_sheetletter l
    where l.id = letter and l.organisation_id = here and l.person_id = me and l.kind = 'engagements' for update;
    if its_coach is null
       or not exists (select 1 from engagements_request r
                      where r.id = asked and r.organisation_id = here and r.client_id = me and r.state = 'matched')
       or exists (select 1 from engagements_proposal p where p.request_id = asked) then
        raise exception 'Cannot add: there is no such letter';
    end if;
    insert into engagements_proposal (id, organisation_id, request_id, client_id, coach_id, state, proposed_at)
    values (gen_random_uuid(), here, asked, me, its_coach, 'chosen', now()) returning id into made;
    delete from engagements_sheetletter l where l.id = letter;
    return made;
end $$;

-- SECURITY: it answers nothing, so that whoever takes a letter back does not learn whether it was still there.
create function engagements_take_back_sheet(wanted uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me uuid := nullif(current_setting('klankbord.person', true), '')::uuid;
    here uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
begin
    delete from engagements_sheetletter l
    where l.id = wanted and l.author_id = me and l.organisation_id = here;
    delete from engagements_sheetnote n
    where n.id = wanted and n.author_id = me and n.organisation_id = here;
end $$;

-- SECURITY: they look through every organisation, and tell ids to the night alone.
create function engagements_old_sheets() returns table (organisation_id uuid, sheet_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select old.organisation_id, old.id from (
        select l.organisation_id, l.id, l.offered_at from engagements_sheetletter l
        union
        select n.organisation_id, n.id, n.offered_at from engagements_sheetnote n
    ) old
    where old.offered_at < now() - interval '60 days'
      and nullif(current_setting('klankbord.person', true), '') is null
    group by 1, 2
$$;

create function engagements_forget_sheet(wanted uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare here uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
begin
    delete from engagements_sheetletter l
    where l.id = wanted and l.organisation_id = here and l.offered_at < now() - interval '60 days';
    delete from engagements_sheetnote n
    where n.id = wanted and n.organisation_id = here and n.offered_at < now() - interval '60 days';
end $$;
"""
BACKWARDS = """
drop function engagements_propose_from_sheet(uuid, uuid);
drop function engagements_take_back_sheet(uuid);
drop function engagements_old_sheets();
drop function engagements_forget_sheet(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0046_sheets")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
