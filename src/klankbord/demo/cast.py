"""Who somebody can be in the demo."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WATERLAND, BERGLAND = "waterland", "bergland"


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody to be: a name, an address to sign in with, an organisation, and what there is to do as this person."""

    name: str
    about: Promise
    slug: str = WATERLAND

    @property
    def first_name(self) -> str:
        """How this person is called."""
        return self.name.split(" ")[0]

    @property
    def email(self) -> str:
        """The address of this person: first name, a dot, and the rest in one word."""
        first, _space, rest = self.name.lower().partition(" ")
        return f"{first}.{rest.replace(' ', '')}@{self.slug}.example"


CAST: tuple[Character, ...] = (
    Character(
        "Johan de Wit",
        _("Leads a project that is stuck. His manager wrote him something, and he may ask for a coach himself."),
    ),
    Character(
        "Marieke Bos",
        _("Works in another directorate and coaches colleagues. One of her [[clients]] is halfway, another is new."),
    ),
    Character("Anton Visser", _("Is Johan's manager. He may suggest coaching, and reads only what others share.")),
    Character("Fatima el Amrani", _("Coordinates the coaching: she looks for a coach, and never reads along.")),
    Character("Lena Bakker", _("Has been coached by Marieke for some months. Three talks lie behind her, four ahead.")),
    Character(
        "Floor Oosterhuis",
        _("Is halfway with Marieke and uses everything there is: goals, the board, a talk of three."),
    ),
    Character("Carlijn Bosma", _("Rounded off three months ago, and asked two colleagues what shows at work.")),
    Character("Rakesh Kalloe", _("Works with Carlijn. She asked him what strikes him at work, and only she reads it.")),
    Character(
        "Hedwig van Asselt",
        _("Is the general director. She reads protected figures and sums of the whole, and nothing about anybody."),
    ),
    Character("Els Dijkstra", _("Looks after people and settings as administrator. She sees nothing of any coaching.")),
    Character(
        "Ruben Jansen", _("Is an organisation coach: he works with teams, and sees nothing of anybody's own coaching.")
    ),
    Character(
        "Saskia Mulder", _("Coaches from outside, employed by a bureau. She sees her [[own clients]] and no others.")
    ),
    Character("Willem Smit", _("Is a coach in Johan's own unit, and for that reason cannot be Johan's coach.")),
    Character("Bram Kuiper", _("Is a coach too, but has the same manager as Johan.")),
    Character(
        "Noor Haddad", _("Is administrator of Bergland, another organisation, and sees nothing of Waterland."), BERGLAND
    ),
)
