"""The rules of a policy in plain Python: stored and read back, sound or not, said in words, compared."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES
from klankbord.policy import texts
from klankbord.policy.queries import in_place_of, mark_of, places_in
from klankbord.policy.reading import differences, parts_of
from klankbord.policy.rules.content import PolicyContent, TalkRules, ThreeWay, content_from
from klankbord.policy.rules.prose import Block, blocks
from klankbord.policy.rules.soundness import Flaw, unsound
from klankbord.policy.rules.values import Kind, with_values

LINE = st.text(st.characters(blacklist_categories=["C"]), max_size=30)
IDS = [one.id for one in texts.sections()]
PLACES = [place for one in IDS for place in places_in(one)]


@st.composite
def contents(draw) -> PolicyContent:
    """Any policy that the screen can make."""
    given: dict[str, object] = {}
    for value in texts.rule_values():
        if value.kind.is_number:
            given[value.id] = draw(st.integers(value.low, value.high))
        elif value.kind is Kind.YES:
            given[value.id] = draw(st.booleans())
        elif value.kind is Kind.CHOICE:
            given[value.id] = ThreeWay(draw(st.sampled_from([one.id for one in value.options])))
        else:
            given[value.id] = tuple(draw(st.lists(st.sampled_from(sorted(texts.bodies())), unique=True)))
    given["texts"] = draw(st.dictionaries(st.sampled_from(IDS), LINE))
    given["addresses"] = draw(st.dictionaries(st.sampled_from(PLACES), LINE))
    return with_values(PolicyContent(), given)


@given(contents())
def test_whatever_is_stored_is_read_back(content):
    assert content_from(content.as_json()) == content


@given(contents())
def test_a_policy_does_not_differ_from_itself(content):
    for language in LANGUAGES:
        assert differences(content, content, language) == ()


@given(contents(), contents())
def test_putting_every_part_of_another_in_place_makes_it_the_other(old, new):
    changed = old
    for section_id in IDS:
        different = {one.id for one in differences(changed, new, "nl")}
        before = mark_of(changed, section_id)
        changed = with_values(changed, in_place_of(changed, section_id, new))
        assert mark_of(changed, section_id) == mark_of(new, section_id)
        assert (section_id in different) <= (before != mark_of(new, section_id))
    assert differences(changed, new, "nl") == ()
    assert all(one.of(changed) == one.of(new) for one in texts.rule_values())


@given(contents())
def test_every_value_reads_as_a_sentence_in_both_languages(content):
    for language in LANGUAGES:
        for value in texts.rule_values():
            sentence = value.sentence(content, language, texts.bodies())
            assert sentence.endswith((".", "?"))
            assert "{" not in sentence
            assert value.words(content, language, texts.bodies())


def test_every_rule_value_stands_in_one_part_and_none_is_left_out():
    stored = PolicyContent()
    inner = {
        f"{part}.{one.name}" for part in ("match", "quality", "talks", "money") for one in fields(getattr(stored, part))
    }
    assert {one.id for one in texts.rule_values()} == inner | {"retention_months", "review_months"}
    assert {one.section for one in texts.rule_values()} <= set(IDS)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_is_complete_and_sound(language):
    content = texts.template(language)
    assert unsound(content) == ()
    assert [one.id for one in parts_of(content, language)] == IDS
    assert all(one.blocks for one in parts_of(content, language))


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        ({"talks.interim_after": 8}, Flaw.INTERIM_AFTER_THE_LAST),
        ({"talks.most": 6}, Flaw.MOST_BELOW_COUNT),
        ({"talks.direction_by": 11}, Flaw.DIRECTION_AFTER_MOST),
        ({"retention_months": 0}, Flaw.KEPT_FOR_NOTHING),
        ({"word.one": " "}, Flaw.NO_WORD),
        ({"word.many_en": ""}, Flaw.NO_ENGLISH_WORD),
        ({"word.one": "<b>klant</b>"}, Flaw.NOT_A_WORD),
    ],
)
def test_what_does_not_go_together_is_named(given, flaw):
    found = unsound(with_values(PolicyContent(), given))
    assert [one.flaw for one in found] == [flaw]
    assert next(iter(given)) in found[0].values


def test_a_number_that_changes_is_told_in_words():
    old, new = PolicyContent(), PolicyContent(talks=TalkRules(count=5, three_way=ThreeWay.USUAL))
    found = {one.id: one for one in differences(old, new, "nl")}
    assert list(found) == ["talks", "evaluation"]
    assert [(one.was, one.becomes) for one in found["talks"].facts] == [("7 gesprekken", "5 gesprekken")]
    assert [one.becomes for one in found["evaluation"].facts] == ["Gebruikelijk"]


def test_a_new_word_and_an_address_are_told_too():
    old = PolicyContent()
    new = replace(old, word=replace(old.word, one="gast", many="gasten"), addresses={"mediation": "toestel 12"})
    found = {one.id: one.facts[0] for one in differences(old, new, "nl")}
    assert (found["forms"].was, found["forms"].becomes) == ("", "toestel 12")
    assert found["words"].becomes.startswith("de gast, de gasten")


def test_a_text_is_paragraphs_and_lists_and_never_markup():
    text = "Een regel\r\nen nog een.\r\n\r\nDit:\n- <b>een</b>\n* twee\n\n\n- drie"
    assert blocks(text) == (
        Block(False, ("Een regel", "en nog een.")),
        Block(False, ("Dit:",)),
        Block(True, ("<b>een</b>", "twee")),
        Block(True, ("drie",)),
    )
    assert blocks(" \n ") == ()
