"""What happened is written down once and for good."""

import pytest
from django.db import DatabaseError, transaction

from klankbord.core.tenant import acting_in
from klankbord.people.actions import choose_language
from klankbord.privacy.audit import ActionWithoutAudit, action, record
from klankbord.privacy.models import AuditRow


def test_an_action_leaves_its_row_for_the_one_it_is_about(cast):
    with acting_in(cast.organisation.id, cast.johan.id):
        choose_language(person=cast.johan, language="en")
        row = AuditRow.objects.get(verb="language.choose")
        assert (row.actor_id, row.owner_id, row.detail) == (cast.johan.id, cast.johan.id, {"language": "en"})


def test_a_row_is_neither_changed_nor_deleted(cast):
    with acting_in(cast.organisation.id, cast.johan.id):
        choose_language(person=cast.johan, language="en")
        row = AuditRow.objects.get(verb="language.choose")
        assert AuditRow.objects.filter(pk=row.pk).update(verb="nothing") == 0
        assert AuditRow.objects.filter(pk=row.pk).delete()[0] == 0
        assert AuditRow.objects.get(pk=row.pk).verb == "language.choose"


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_schema_cannot_rewrite_history_either(transactional_db):
    from conftest import _log_in

    from tests.cast import build_cast

    cast = build_cast()
    with acting_in(cast.organisation.id, cast.johan.id):
        choose_language(person=cast.johan, language="en")
    _log_in("default", "klankbord_owner")
    try:
        for attempt in (
            lambda: AuditRow.objects.update(verb="nothing"),
            lambda: AuditRow.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
                attempt()
    finally:
        _log_in("default", "klankbord_app")


def test_others_do_not_see_who_did_what_with_my_things(cast):
    with acting_in(cast.organisation.id, cast.johan.id):
        choose_language(person=cast.johan, language="en")
    with acting_in(cast.organisation.id, cast.anton.id):
        assert not AuditRow.objects.filter(verb="language.choose").exists()


def test_an_action_that_forgets_its_row_is_stopped_and_undone(cast):
    @action("forgetful")
    def forget() -> None:
        type(cast.johan).objects.filter(pk=cast.johan.pk).update(language="en")

    with acting_in(cast.organisation.id, cast.johan.id):
        with pytest.raises(ActionWithoutAudit):
            forget()
        cast.johan.refresh_from_db()
        assert cast.johan.language == "nl"


def test_words_do_not_fit_in_an_audit_row(cast):
    with acting_in(cast.organisation.id, cast.johan.id), pytest.raises(ValueError, match="words"):
        record("something", detail={"words": "Het is allemaal een beetje half-half"})
