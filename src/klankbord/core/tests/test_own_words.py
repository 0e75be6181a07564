"""The organisation's own word: its article agrees, its capital stays, and it is nothing but a word."""

import pytest

from klankbord.core.own_words import OwnWord, filled

COACHEE = OwnWord("coachee", "coachees", "de", "coachee", "coachees")
HET = OwnWord("teamlid in coaching", "teamleden in coaching", "het", "apprentice", "apprentices")


@pytest.mark.parametrize(
    ("mark", "with_de", "with_het"),
    [
        ("klant", "coachee", "teamlid in coaching"),
        ("Klanten", "Coachees", "Teamleden in coaching"),
        ("de klant", "de coachee", "het teamlid in coaching"),
        ("De klant", "De coachee", "Het teamlid in coaching"),
        ("Deze klant", "Deze coachee", "Dit teamlid in coaching"),
        ("de klanten", "de coachees", "de teamleden in coaching"),
        ("een nieuwe klant", "een nieuwe coachee", "een nieuw teamlid in coaching"),
        ("de nieuwe klant", "de nieuwe coachee", "het nieuwe teamlid in coaching"),
        ("elke klant", "elke coachee", "elk teamlid in coaching"),
        ("a client", "a coachee", "an apprentice"),
        ("A client", "A coachee", "An apprentice"),
        ("the clients", "the coachees", "the apprentices"),
    ],
)
def test_the_article_agrees_with_the_word(mark, with_de, with_het):
    assert filled(mark, COACHEE) == with_de
    assert filled(mark, HET) == with_het


def test_a_mark_nobody_knows_stays_as_it_is():
    assert filled("zie bijlage", COACHEE) == "[[zie bijlage]]"


NO_WORDS = ["", "<b>klant</b>", "klant's", 'k"', "%(name)s", "{client}", "klant 2", " klant", "a  b"]


@pytest.mark.parametrize("word", NO_WORDS)
def test_what_is_no_word_is_refused(word):
    with pytest.raises(ValueError, match="is no word"):
        OwnWord(one=word)
