"""Who sees what of the culture scan."""

from django.utils.translation import gettext_lazy as _

from klankbord.culture import pages
from klankbord.privacy.access import Among, Everyone, Holder, Listed, Page, Person, Role, Sees, Thing, When

COORDINATOR, LEADERSHIP = Sees(Role.COORDINATOR), Sees(Role.LEADERSHIP)
DRAFTED = (Holder("coordinator", when="state = 'draft'"),)
BOTH = (Holder("coordinator"), Holder("leadership"))
# SECURITY: for nobody, whatever they hold. What has to be done with these tables is done by the functions of
# migration 0002, which look themselves at who asks and in which state the wave is.
NOBODY = (Everyone(when="false"),)
OF_THE_TEAM = (Among("unit_id", "people_person", "unit_id", "id", when="o.active and not o.guest"),)

THINGS = (
    Thing(
        key="wave",
        name=_("A wave of the culture scan: what is asked, and when"),
        table="culture_wave",
        read=(Everyone(when="state <> 'draft'"), Holder("coordinator")),
        add=DRAFTED,
        change=DRAFTED,
        remove=DRAFTED,
        sees=(COORDINATOR, Sees(Role.EVERYONE, When.OPENED)),
        author=Role.COORDINATOR,
    ),
    Thing(
        key="wave_unit",
        name=_("The units as they were when a wave opened"),
        table="culture_waveunit",
        read=(Everyone(),),
        add=None,
        change=None,
        sees=(Sees(Role.EVERYONE),),
    ),
    Thing(
        key="preparation",
        name=_("What is laid ready for a wave: groups, and who gets a letter on paper"),
        table="culture_preparation",
        read=(Holder("coordinator"),),
        remove=(Holder("coordinator"),),
        sees=(COORDINATOR,),
    ),
    Thing(
        key="invitation",
        name=_("That somebody was invited to the culture scan"),
        table="culture_invitation",
        # Whoever prints letters knows whose they are; of who got a mail a coordinator sees nothing.
        read=(Person("person_id"), Holder("coordinator", when="by = 'paper'")),
        add=None,
        change=None,
        sees=(Sees(Role.SELF),),
    ),
    Thing(
        key="ballot_right",
        name=_("The right to answer once"),
        table="culture_ballotright",
        read=NOBODY,
        add=None,
        change=None,
        sees=(),
    ),
    Thing(
        key="ballot_box",
        name=_("Sealed answers, until a wave closes"),
        table="culture_ballotbox",
        read=NOBODY,
        add=None,
        change=None,
        sees=(),
    ),
    Thing(
        key="scan_answer",
        name=_("Answers to the culture scan, until the figures are made"),
        table="culture_answer",
        read=NOBODY,
        add=None,
        change=None,
        sees=(),
    ),
    Thing(
        key="open_answer",
        name=_("Answers in own words, of the whole organisation, from ten on"),
        table="culture_openanswer",
        read=BOTH,
        add=None,
        change=None,
        sees=(COORDINATOR, LEADERSHIP),
    ),
    Thing(
        key="publication",
        name=_("The protected figures of a wave"),
        table="culture_publication",
        read=BOTH,
        add=None,
        change=None,
        sees=(COORDINATOR, LEADERSHIP),
    ),
    Thing(
        key="published_unit",
        name=_("The protected figures of a unit"),
        table="culture_publishedunit",
        # One's own unit and those above it, as they were; of whoever leads people, also theirs below the own unit.
        read=(Listed("unit_id", "culture_units_of_mine"), Listed("unit_id", "culture_units_led"), *BOTH),
        add=None,
        change=None,
        sees=(Sees(Role.MANAGER), COORDINATOR, LEADERSHIP, Sees(Role.EVERYONE, When.OWN)),
    ),
    Thing(
        key="team_decision",
        name=_("What a team decides after a culture scan"),
        table="culture_teamdecision",
        # Of the people who are in the team now; it has no author, for it is the team's.
        read=OF_THE_TEAM,
        add=OF_THE_TEAM,
        change=None,
        remove=OF_THE_TEAM,
        sees=(Sees(Role.TEAM),),
    ),
    Thing(
        key="published_whole",
        name=_("How far the figures of a wave can be trusted"),
        table="culture_publishedwhole",
        read=(Everyone(),),
        add=None,
        change=None,
        sees=(Sees(Role.EVERYONE),),
    ),
)

PAGES: tuple[Page, ...] = pages.PAGES
