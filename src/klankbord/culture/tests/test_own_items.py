"""An organisation's own sentences: what is let through, what makes somebody think, and what cannot be asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES, Language, Wording
from klankbord.culture.instrument import instrument
from klankbord.culture.rules.own_items import (
    CODES,
    LONG,
    MOST_OWN_ITEMS,
    TOO_LONG,
    findings_about,
    findings_about_all,
    too_many,
)
from klankbord.policy.rules.finding import Severity

GOOD: dict[Language, tuple[str, ...]] = {
    "nl": (
        "Ik krijg hier de kans om een cursus te volgen.",
        "In ons overleg begint iemand met een vraag.",
        "Mijn leidinggevende luistert naar mij.",
        "Af en toe loop ik een dag mee met een collega.",
        "Ik weet of een besluit al genomen is.",
        "Mijn collega vraagt of ik tijd heb.",
        "Onze afdeling deelt online wat we leren.",
        "Ik ken iemand bij HR die met mij meedenkt.",
        "Ondanks de drukte maken we tijd voor elkaar.",
        "Wie hier begint, krijgt een maatje.",
        "Ik hoef maar één keer om hulp te vragen.",
        "Wij spreken hier Nederlands met elkaar.",
        "Het is hier onderling gezellig.",
        "Met vallen en opstaan leren we het vak.",
    ),
    "en": (
        "I get the chance to take a course here.",
        "In our meetings somebody begins with a question.",
        "Now and then I spend a day with a colleague.",
        "I understand what my work is for.",
        "Our unit shares what we learn in English.",
        "I know somebody at HR who thinks along.",
        "Our union is a place to learn.",
        "People here discuss what they learned.",
        "I think I'm heard in our meetings.",
        "Whoever starts here gets a buddy.",
    ),
}

BAD: dict[Language, tuple[tuple[str, str, str], ...]] = {
    "nl": (
        ("Leren mag", "too_short", "Leren mag"),
        ("Krijg je hier tijd om te leren?", "question", "?"),
        ("Ik leer graag. Mijn team leert ook.", "two_sentences", ""),
        ("Ik leer graag; mijn team leert ook.", "two_sentences", ""),
        ("Mijn leidinggevende luistert naar mij en is eerlijk.", "two_claims", "en"),
        ("Ik krijg tijd om te leren en mijn team helpt mij.", "two_claims", "en"),
        ("Ik kan hier fouten maken of hulp krijgen.", "two_claims", "of"),
        ("Het werk is druk maar leuk.", "two_claims", "maar"),
        ("Zowel mijn team als mijn leidinggevende helpt mij.", "two_claims", "zowel"),
        ("Ik krijg hulp van collega's en/of mijn leidinggevende.", "two_claims", "en/of"),
        ("Mijn leidinggevende is eerlijk en duidelijk.", "joined", "en"),
        ("Ik krijg tijd en ruimte om te leren.", "joined", "en"),
        ("Mijn collega of mijn leidinggevende helpt mij.", "joined", "of"),
        ("Mijn collega's/leidinggevende denken met mij mee.", "joined", "s/leidinggevende"),
        ("Mijn werk is zinvol, leuk, leerzaam.", "joined", ","),
        ("Ik blijf hier graag omdat ik veel leer.", "cause", "omdat"),
        ("Mijn collega's luisteren niet naar mij.", "negation", "niet"),
        ("Er is hier geen tijd om te leren.", "negation", "geen"),
        ("Ik word nooit overgeslagen.", "negation", "nooit"),
        ("Niemand hoeft hier bang te zijn.", "negation", "niemand"),
        ("Ik kan zonder zorgen iets nieuws proberen.", "near_negation", "zonder"),
        ("Ik voel me hier onveilig.", "near_negation", "onveilig"),
        ("Ik ben ontevreden over de tijd voor leren.", "near_negation", "ontevreden"),
        ("Een fout loopt hier moeiteloos op een les uit.", "near_negation", "moeiteloos"),
        ("Mijn collega's luisteren altijd naar mij.", "leading", "altijd"),
        ("Natuurlijk leren wij van elkaar.", "leading", "natuurlijk"),
        ("Het is toch fijn om van elkaar te leren.", "leading", "toch"),
        ("Iedereen helpt elkaar hier met leren.", "leading", "iedereen"),
        ("Vragen kan ik mailen naar hr@voorbeeld.example.", "mail", "hr@voorbeeld.example."),
        ("Ik lees graag mee op www.voorbeeld.example elke week.", "address", "www.voorbeeld.example"),
        ("Ik bel gerust naar 06-1234 5678 voor hulp.", "number", "06-1234 5678"),
        ("In 2026 leerde ik veel van mijn team.", "digits", "2026"),
        ("Ik kan goed praten met mevrouw Jansen.", "person", "Jansen"),
        ("Ik kan goed praten met dhr. Jansen.", "person", "Jansen"),
        ("Ik kan goed praten met Anton.", "name", "Anton"),
        ("Ik leer graag van " + "heel " * 16 + "aardige collega's.", "long", "116"),
        ("Ik leer graag van " + "heel " * 25 + "aardige collega's.", "too_long", "161"),
        ("  ", "missing", ""),
    ),
    "en": (
        ("Learning counts", "too_short", "Learning counts"),
        ("Do you get time to learn here?", "question", "?"),
        ("I like learning. My team learns too.", "two_sentences", ""),
        ("My manager listens to me and is honest.", "two_claims", "and"),
        ("I can make mistakes or get help here.", "two_claims", "or"),
        ("Ideas or questions are heard here.", "joined", "or"),
        ("People give help or they take it here.", "two_claims", "or"),
        ("The work is busy but fun.", "two_claims", "but"),
        ("I get help from colleagues and/or my manager.", "two_claims", "and/or"),
        ("My manager is honest and clear.", "joined", "and"),
        ("I get time and room to learn.", "joined", "and"),
        ("I stay here because I learn a lot.", "cause", "because"),
        ("My colleagues do not listen to me.", "negation", "not"),
        ("My colleagues don’t listen to me.", "negation", "don't"),
        ("There is no time to learn here.", "negation", "no"),
        ("I am never left out here.", "negation", "never"),
        ("I can try something without worrying.", "near_negation", "without"),
        ("I feel unsafe in this team.", "near_negation", "unsafe"),
        ("Our meetings are useless to me.", "near_negation", "useless"),
        ("I feel insecure about asking.", "near_negation", "insecure"),
        ("My colleagues always listen to me.", "leading", "always"),
        ("Of course we learn from each other.", "leading", "of course"),
        ("Everybody helps each other to learn here.", "leading", "everybody"),
        ("I can mail my questions to hr@example.org any day.", "mail", "hr@example.org"),
        ("I call +31 6 1234 5678 for help.", "number", "+31 6 1234 5678"),
        ("I can talk well with Mr. Jones.", "person", "Jones"),
        ("I can talk well with Anton.", "name", "Anton"),
        ("", "missing", ""),
    ),
}
BLOCKING = {
    "missing",
    "too_many",
    "too_short",
    "too_long",
    "question",
    "two_sentences",
    "two_claims",
    "negation",
    "mail",
    "address",
    "number",
    "person",
    "same",
}

SENTENCES = st.sampled_from([(one.wording.nl, one.wording.en) for one in instrument().rated])
ANYTHING = st.text(max_size=160)


def ours(language: Language) -> list[str]:
    return [one.wording.nl if language == "nl" else one.wording.en for one in instrument().rated]


def codes(text: str, language: Language) -> list[str]:
    return [finding.code for finding in findings_about(text, language)]


# --- by example -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in LANGUAGES for text in GOOD[one]])
def test_a_sentence_about_one_thing_passes_in_silence(language: Language, text: str) -> None:
    assert findings_about(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "code", "word"), [(language, *bad) for language in LANGUAGES for bad in BAD[language]]
)
def test_what_is_wrong_is_named_with_its_word(language: Language, text: str, code: str, word: str) -> None:
    assert (code, word) in [(finding.code, finding.word) for finding in findings_about(text, language)]


def test_every_finding_has_an_example_and_there_are_enough_of_them() -> None:
    shown = {code for bad in BAD.values() for _, code, _ in bad}
    assert CODES - shown == {"too_many", "same", "alike", "untranslated"}
    assert len(BAD["nl"]) >= 30
    assert len(BAD["en"]) >= 20


def test_what_makes_answers_unreadable_blocks_and_what_only_may_warns() -> None:
    found = [one for language in LANGUAGES for text, _, _ in BAD[language] for one in findings_about(text, language)]
    assert {one.code for one in found if one.blocks} <= BLOCKING
    assert {one.code for one in found if one.severity is Severity.WARNS} & BLOCKING == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_sentences_keep_to_the_rules_for_others(language: Language) -> None:
    remarks = [(text, one.code, one.word) for text in ours(language) for one in findings_about(text, language)]
    assert remarks == []


def test_the_bounds_of_length_belong_to_the_shorter_side() -> None:
    def of(length: int) -> str:
        return "Ik leer " + "e" * (length - 8)

    assert codes(of(LONG), "nl") == []
    assert codes(of(LONG + 1), "nl") == codes(of(TOO_LONG), "nl") == ["long"]
    assert codes(of(TOO_LONG + 1), "nl") == ["too_long"]


def test_a_finding_says_the_same_thing_in_both_languages() -> None:
    [finding] = findings_about("My manager is honest and clear.", "en")
    assert finding.sentence.nl.startswith("‘and’ verbindt misschien twee dingen.")
    assert finding.sentence.en.startswith("‘and’ may join two things.")


# --- among others ---------------------------------------------------------------------------------------------------


def test_a_sentence_that_is_there_already_is_refused_and_one_much_like_it_makes_think() -> None:
    there = ours("nl")
    assert [one.code for one in findings_about("in ons overleg laten we elkaar uitpraten", "nl", there)] == ["same"]
    near = findings_about("In ons overleg laten wij elkaar hier uitpraten.", "nl", there)
    assert [(one.code, one.word) for one in near] == [("alike", "In ons overleg laten we elkaar uitpraten.")]
    assert findings_about("In ons overleg krijgt een stille collega het woord.", "nl", there) == ()


def test_of_two_the_same_only_the_later_is_remarked_upon() -> None:
    item = Wording("Ik krijg hier de kans om een cursus te volgen.", "I get the chance to take a course here.")
    first, second = findings_about_all([item, item])
    assert first == ()
    assert [(one.code, one.language) for one in second] == [("same", "nl"), ("same", "en")]


def test_both_languages_have_to_be_there_and_to_differ() -> None:
    missing, same = findings_about_all(
        [Wording("Ik leer hier veel van collega's.", " "), Wording("Coaching is hier top.", "Coaching is hier top.")]
    )
    assert [(one.code, one.language) for one in missing] == [("missing", "en")]
    assert "in het Engels" in missing[0].sentence.nl
    assert "in English" in missing[0].sentence.en
    assert "untranslated" in [one.code for one in same]


def test_two_missing_translations_are_not_the_same_sentence() -> None:
    both = findings_about_all([Wording("Ik leer van mijn werk.", ""), Wording("Ik lach om mijn werk.", "")])
    assert [[one.code for one in about] for about in both] == [["missing"], ["missing"]]


def test_five_may_be_added_and_six_may_not() -> None:
    assert too_many(MOST_OWN_ITEMS) == ()
    [finding] = too_many(MOST_OWN_ITEMS + 1)
    assert finding.blocks
    assert "6" in finding.sentence.nl


# --- whatever is written --------------------------------------------------------------------------------------------

NAMED_BY_ITS_WORD = CODES - {
    *("missing", "too_many", "too_short", "too_long", "two_sentences", "long", "same", "alike", "untranslated")
}


@settings(max_examples=200, deadline=None)
@given(text=ANYTHING, language=st.sampled_from(LANGUAGES))
def test_anything_is_answered_with_known_findings_that_name_a_word_of_it(text: str, language: Language) -> None:
    for finding in findings_about(text, language, ours(language)):
        assert finding.code in CODES
        assert "{" not in finding.sentence.nl.replace(finding.word, "")
        assert finding.sentence.nl != finding.sentence.en
        if finding.code in NAMED_BY_ITS_WORD and text.isascii():
            assert finding.word.lower() in " ".join(text.lower().split())


@settings(max_examples=100, deadline=None)
@given(one=SENTENCES, other=SENTENCES)
def test_two_of_our_sentences_joined_are_always_seen(one: tuple[str, str], other: tuple[str, str]) -> None:
    joined = f"{one[0].rstrip('.')} en {other[0][0].lower()}{other[0][1:]}", f"{one[1].rstrip('.')} and {other[1]}"
    assert {"two_claims", "joined"} & set(codes(joined[0], "nl"))
    assert {"two_claims", "joined"} & set(codes(joined[1], "en"))


@settings(max_examples=100, deadline=None)
@given(one=SENTENCES, place=st.integers(min_value=0, max_value=30), shout=st.booleans())
def test_a_negation_is_seen_wherever_it_stands_and_however_it_is_written(
    one: tuple[str, str], place: int, shout: bool
) -> None:
    for text, language, word in ((one[0], LANGUAGES[0], "niet"), (one[1], LANGUAGES[1], "not")):
        words = text.split()
        words.insert(place % len(words), word.upper() if shout else word)
        assert (("negation", word)) in [(f.code, f.word) for f in findings_about("  ".join(words), language)]


@settings(max_examples=60, deadline=None)
@given(one=SENTENCES, capitals=st.booleans(), spaces=st.integers(min_value=1, max_value=3))
def test_a_copy_of_ours_is_seen_in_other_capitals_and_spaces(one: tuple[str, str], capitals: bool, spaces: int) -> None:
    copy = (" " * spaces).join(one[0].split())
    copy = copy.upper() if capitals else copy.rstrip(".")
    assert "same" in [finding.code for finding in findings_about(copy, "nl", ours("nl"))]
