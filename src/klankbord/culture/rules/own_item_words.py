"""The words by which a sentence of an organisation's own is looked through, in Dutch and in English.

They are lists and not grammar. What they only suggest is a thought for whoever wrote the sentence, and blocks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from klankbord.core.wording import Language


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is looked for in one language. All in lower case."""

    joiners: frozenset[str]
    """Words that may join two things."""
    sure_joiners: frozenset[str]
    """Words that always make two claims of one sentence."""
    causes: frozenset[str]
    """Words that tie a claim to its cause, so that nobody knows which of the two was answered."""
    whether_after: frozenset[str]
    """After these, "of" means whether."""
    fixed: re.Pattern[str]
    """Pairs that are one thing in two words."""
    verbs: frozenset[str]
    """Forms that are hardly ever anything else than a verb."""
    breaks: frozenset[str]
    """Words with which another clause begins."""
    negations: frozenset[str]
    near_negations: frozenset[str]
    """Words that hide a negation."""
    negated: re.Pattern[str]
    """Words with a negation in front of them or behind."""
    leading: frozenset[str]
    """Words that tell the reader what to answer, or leave no room."""
    titles: frozenset[str]
    """Words after which somebody's name follows."""
    capitals: frozenset[str]
    """Words with a capital that name nobody."""
    small: frozenset[str]
    """Words that tell little about what a sentence is about."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DUTCH = Vocabulary(
    joiners=_words("en of &"),
    sure_joiners=_words("maar zowel alsook evenals alsmede"),
    causes=_words("omdat doordat waardoor zodat want hierdoor daardoor dankzij"),
    whether_after=_words(
        """
        weet weten vraag vraagt vragen zie ziet zien merk merkt merken hoor hoort horen kijk kijkt kijken
        bespreek bespreekt bespreken bepaal bepaalt bepalen beslis beslist beslissen kies kiest kiezen zeg
        zegt zeggen vertel vertelt vertellen check checkt checken aangeven na uit af eens voel voelt voelen maakt alsof
        """
    ),
    fixed=re.compile(
        r"\b(?:af en toe|zo nu en dan|nu en dan|vallen en opstaan|dag en nacht|hier en daar|over en weer|op en top|"
        r"min of meer|vroeg of laat|voor en na|wel en wee|een of andere?|één of andere?|geven en nemen|"
        r"hoor en wederhoor|kort en bondig|door en door|meer en meer|vraag en antwoord|ups en downs|"
        r"alleen maar|maar (?:één|een|twee))\b"
    ),
    verbs=_words(
        """
        is ben bent was waren heb hebt heeft hebben had kan kun kunt kunnen mag mogen wil wilt willen moet
        moeten zal zullen zou zouden word wordt worden blijf blijft blijven ga gaat gaan kom komt komen doe
        doet doen geef geeft geven krijg krijgt krijgen neem neemt nemen maakt maken zeg zegt zeggen vertel
        vertelt vertellen weet weten ken kent kennen zie ziet zien hoor hoort horen luister luistert luisteren
        kijk kijkt kijken spreekt spreken praat praten bespreek bespreekt bespreken stel stelt stellen vraagt
        help helpt helpen steunt leer leert voel voelt voelen vind vindt vinden durf durft durven denk denkt
        denken houd houdt houden sta staat zit laat laten lees leest schrijf schrijft werkt zorgt let deelt
        kiest beslist bepaalt regelt begrijp begrijpt begrijpen vertrouwt waardeer waardeert motiveert
        inspireert coacht ontvang ontvangt ontvangen past merk merkt merken probeer probeert proberen
        """
    ),
    breaks=_words(
        """
        als dat die wie wat wanneer waar hoe om voordat nadat totdat zodra toen omdat doordat waardoor zodat
        hoewel tenzij waarin waarmee waarover
        """
    ),
    negations=_words("niet geen nooit niemand niets niks nergens noch evenmin geenszins"),
    near_negations=_words(
        """
        zonder zelden nauwelijks amper behalve weinig tenzij gebrek ontbreekt ontbreken mist missen minder
        vermijd vermijdt vermijden weiger weigert ontevreden ontoegankelijk ontoereikend
        """
    ),
    negated=re.compile(
        r"on(?!s$|ze$|zer$|t|der|line|danks|langs|geveer|middellijk|afhankelijk|bevangen|boarding|site)\w{3,}"
        r"|\w{3,}(?:loos|loze)"
    ),
    leading=_words(
        """
        altijd toch natuurlijk uiteraard vanzelfsprekend immers eindelijk gelukkig helaas zeker absoluut
        volledig helemaal iedereen alles overal steeds ongetwijfeld eigenlijk enorm ontzettend geweldig
        uitstekend fantastisch perfect
        """
    ),
    titles=_words("meneer mevrouw dhr mevr mw mr drs dr ir ing prof"),
    capitals=_words("nederlands nederlandse nederland engels engelse europa europese klankbord"),
    small=_words(
        """
        de het een dit dat deze die ik je jij mijn jouw wij we ons onze hier er in op van voor met aan om te
        naar bij over uit tot als is ben zijn wordt worden heb heeft hebben kan kunnen mag mogen en of zelf
        ook dan hoe wat wie waar
        """
    ),
)

_ENGLISH = Vocabulary(
    joiners=_words("and or &"),
    sure_joiners=_words("but whereas"),
    causes=_words("because since therefore thereby thanks"),
    whether_after=frozenset(),
    fixed=re.compile(
        r"\b(?:now and then|now and again|more or less|trial and error|day and night|here and there|again and again|"
        r"back and forth|give and take|ups and downs|sooner or later|more and more|over and over|one or another|"
        r"question and answer|all but)\b"
    ),
    verbs=_words(
        """
        is am are was were has have had can could may might will would shall should must gets get gives give
        takes take makes make says say tells tell knows know sees see hears hear listens listen speaks speak
        helps asks feels feel finds find dares dare thinks think keeps keep stands sits lets reads write
        writes learns learn does do goes go comes come becomes become understands understand trusts
        appreciates appreciate motivates motivate inspires inspire coaches receives receive supports decides
        decide chooses choose discusses discuss tries brings bring
        """
    ),
    breaks=_words(
        """
        if that who which what when where how whether before after until because since although unless whom
        whose to
        """
    ),
    negations=_words(
        """
        not no never nobody none nothing nowhere neither nor cannot noone isnt dont doesnt wont cant
        """
    ),
    near_negations=_words(
        """
        without hardly rarely seldom barely scarcely except unless lack lacks lacking little few fewer less
        avoid avoids refuse refuses fail fails disagree disagrees dislike dislikes dishonest disrespect
        disrespected discourage discouraged discourages disorganised impossible impatient impersonal improper
        incapable incomplete inconsistent indifferent ineffective inefficient insecure insufficient invisible
        irrelevant irresponsible illegal
        """
    ),
    negated=re.compile(
        r"un(?!der|it|i[acfopqv]|til$|less$|cles?$)\w{3,}|(?!unless$|regardless$|nevertheless$|nonetheless$|wireless$)\w{3,}less|\w+n't"
    ),
    leading=_words(
        """
        always obviously naturally clearly surely certainly absolutely totally completely fully everyone
        everybody everything everywhere finally fortunately unfortunately luckily undoubtedly actually really
        very extremely excellent great terrible perfect
        """
    ),
    titles=_words("mr mrs ms miss mx dr prof"),
    capitals=_words(
        """
        i i'm i've i'll i'd dutch english netherlands europe european klankbord monday tuesday wednesday
        thursday friday saturday sunday january february march april may june july august september october
        november december
        """
    ),
    small=_words(
        """
        the a an this that these those i you my your we our us here there in on of for with at to by about
        from as is am are be was has have had can may and or it its me myself also then how what who where
        when whether
        """
    ),
)

WORDS: Mapping[Language, Vocabulary] = {"nl": _DUTCH, "en": _ENGLISH}
