"""Sealed texts open for their own row only, and never again after their key is gone."""

import uuid

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.tenant import acting_in
from klankbord.privacy import vault
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft
from klankbord.privacy.models import Draft

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Het is allemaal een beetje half-half."


def test_what_is_sealed_opens_again_in_its_own_place():
    scope, row = uuid.uuid4(), uuid.uuid4()
    sealed = vault.seal_text(scope, "label", row, WORDS)
    assert WORDS.encode() not in sealed
    assert vault.open_text(scope, "label", row, sealed) == WORDS


@pytest.mark.parametrize("moved", ["row", "label", "scope", "flipped"])
def test_a_moved_or_damaged_ciphertext_does_not_open(moved):
    scope, row = uuid.uuid4(), uuid.uuid4()
    sealed = vault.seal_text(scope, "label", row, WORDS)
    other = uuid.uuid4()
    vault.seal_text(other, "label", row, "so that the other scope has a key")
    attempts = {
        "row": (scope, "label", uuid.uuid4(), sealed),
        "label": (scope, "another", row, sealed),
        "scope": (other, "label", row, sealed),
        "flipped": (scope, "label", row, sealed[:-1] + bytes([sealed[-1] ^ 1])),
    }
    with pytest.raises(vault.Unreadable):
        vault.open_text(*attempts[moved])


def test_destroying_a_key_ends_every_text_of_its_scope_and_of_no_other():
    scope, other, row = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    sealed, kept = vault.seal_text(scope, "l", row, WORDS), vault.seal_text(other, "l", row, WORDS)
    assert vault.destroy(scope)
    vault.forget_keys()
    with pytest.raises(vault.Unreadable):
        vault.open_text(scope, "l", row, sealed)
    assert vault.open_text(other, "l", row, kept) == WORDS


def test_a_destroyed_key_is_never_made_again():
    scope = uuid.uuid4()
    vault.seal_text(scope, "l", uuid.uuid4(), WORDS)
    vault.destroy(scope)
    with pytest.raises(Exception, match="destroyed"):
        vault.seal_text(scope, "l", uuid.uuid4(), WORDS)


def test_many_keys_cost_one_question():
    scopes = [uuid.uuid4() for _ in range(20)]
    for scope in scopes:
        vault.seal_text(scope, "l", scope, WORDS)
    vault.forget_keys()
    with connections["keys"].execute_wrapper(counter := Counter()):
        vault.fetch_keys(scopes)
    assert counter.count == 1


class Counter:
    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@given(words=st.text(max_size=2000))
def test_any_words_come_back_as_they_went_in(words):
    words = words.encode("utf-8", "ignore").decode()
    scope = uuid.UUID(int=7)
    row = uuid.uuid4()
    assert vault.open_text(scope, "l", row, vault.seal_text(scope, "l", row, words)) == words


def test_a_draft_is_for_its_writer_alone_and_is_gone_when_dropped(cast):
    with acting_in(cast.organisation.id, cast.johan.id):
        keep_draft("/vraag", {"words": WORDS})
        keep_draft("/vraag", {"words": WORDS + " Echt."})
        assert draft_at("/vraag") == {"words": WORDS + " Echt."}
        assert Draft.objects.count() == 1
    with acting_in(cast.organisation.id, cast.anton.id):
        assert draft_at("/vraag") == {}
        assert Draft.objects.count() == 0
    with acting_in(cast.organisation.id, cast.johan.id):
        drop_draft("/vraag")
        assert draft_at("/vraag") == {}
