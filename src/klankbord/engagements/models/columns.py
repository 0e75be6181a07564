"""Columns and triggers that the tables of engagements have in common."""

from typing import Any
from uuid import UUID

import pgtrigger
from django.db import models

from klankbord.core.models import OrganisationModel
from klankbord.privacy import vault


def state(states: Any, default: Any) -> Any:
    """A column that holds one of the states of a lifecycle."""
    choices = [(state.value, state.value) for state in states]
    return models.CharField(max_length=20, choices=choices, default=default, db_collation="C")


def fixed(*fields: str) -> list[pgtrigger.Trigger]:
    """Columns that are written once.

    SECURITY: row policies say who may change a row, not what of it. Without this a participant could make somebody
    else the client, or a text that was sealed for one row belong to another.
    """
    return [pgtrigger.ReadOnly(name="fixed", fields=["id", "organisation", *fields])]


def by_function_only(*fields: str) -> pgtrigger.Trigger:
    """Columns that only the functions of the schema's owner change, each of which checks who asks."""
    changed = " or ".join(f"old.{field} is distinct from new.{field}" for field in fields)
    return pgtrigger.Trigger(
        name="by_function_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"current_user = 'klankbord_app' and ({changed})"),
        func="raise exception 'Cannot update: only a function changes this';",
    )


# SECURITY: without this one of them could say yes in another's name.
YES_IS_FOR_ONESELF = pgtrigger.Trigger(
    name="yes_is_for_oneself",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("me", "uuid"), ("two", "record")],
    func="""
        me := nullif(current_setting('klankbord.person', true), '')::uuid;
        select client_id, coach_id into two from engagements_engagement where id = new.engagement_id;
        if (tg_op = 'INSERT' and new.client_accepted_at is not null
            or tg_op = 'UPDATE' and new.client_accepted_at is distinct from old.client_accepted_at)
           and two.client_id is distinct from me then
            raise exception 'Cannot update: only the client says yes for the client';
        end if;
        if (tg_op = 'INSERT' and new.coach_accepted_at is not null
            or tg_op = 'UPDATE' and new.coach_accepted_at is distinct from old.coach_accepted_at)
           and two.coach_id is distinct from me then
            raise exception 'Cannot update: only the coach says yes for the coach';
        end if;
        if (tg_op = 'INSERT' and new.sponsor_accepted_at is not null
            or tg_op = 'UPDATE' and new.sponsor_accepted_at is distinct from old.sponsor_accepted_at)
           and not exists (select 1 from engagements_participant p where p.engagement_id = new.engagement_id
                           and p.person_id = me and p.role = 'sponsor' and p.until is null) then
            raise exception 'Cannot update: only the third party says yes for the third party';
        end if;
        return new;
    """,
)


# SECURITY: without this one of the two could switch ratings on, or go on, in the other's name.
CHOICES_ARE_FOR_ONESELF = pgtrigger.Trigger(
    name="choices_are_for_oneself",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("me", "uuid"), ("two", "record")],
    func="""
        me := nullif(current_setting('klankbord.person', true), '')::uuid;
        select client_id, coach_id into two from engagements_engagement where id = new.engagement_id;
        if new.client_wants_ratings is distinct from old.client_wants_ratings and two.client_id is distinct from me then
            raise exception 'Cannot update: only the client switches this on or off for the client';
        end if;
        if new.coach_wants_ratings is distinct from old.coach_wants_ratings and two.coach_id is distinct from me then
            raise exception 'Cannot update: only the coach switches this on or off for the coach';
        end if;
        if new.nearness_client is distinct from old.nearness_client and two.client_id is distinct from me then
            raise exception 'Cannot update: only the client says to go on for the client';
        end if;
        if new.nearness_coach is distinct from old.nearness_coach and two.coach_id is distinct from me then
            raise exception 'Cannot update: only the coach says to go on for the coach';
        end if;
        return new;
    """,
)


# SECURITY: without this a client could write an answer in a colleague's name, and a colleague change what was asked.
ANSWER_IS_FOR_ONESELF = pgtrigger.Trigger(
    name="answer_is_for_oneself",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("me", "uuid")],
    func="""
        me := nullif(current_setting('klankbord.person', true), '')::uuid;
        if (tg_op = 'INSERT' and (new.text is not null or new.answered_at is not null)
            or tg_op = 'UPDATE' and (new.text is distinct from old.text
                                     or new.answered_at is distinct from old.answered_at))
           and new.person_id is distinct from me then
            raise exception 'Cannot update: only who was asked answers';
        end if;
        if tg_op = 'UPDATE' and new.asked_for is distinct from old.asked_for and new.client_id is distinct from me then
            raise exception 'Cannot update: only the client says what is asked';
        end if;
        if tg_op = 'INSERT' and new.state <> 'asked'
           or tg_op = 'UPDATE' and new.state is distinct from old.state and new.state in ('answered', 'declined')
              and new.person_id is distinct from me then
            raise exception 'Cannot update: only who was asked answers, or would rather not';
        end if;
        if tg_op = 'UPDATE' and new.state is distinct from old.state and new.state in ('asked', 'withdrawn')
           and new.client_id is distinct from me then
            raise exception 'Cannot update: only the client asks, and ends a question';
        end if;
        return new;
    """,
)


class InEngagement(OrganisationModel):
    """A row of one engagement: its texts are sealed with the engagement's key, so that all end together."""

    class Meta:
        abstract = True

    @property
    def vault_scope(self) -> UUID:
        """The scope of the engagement."""
        return vault.scope(self.organisation_id, "engagement", self.engagement_id)  # type: ignore[attr-defined]
