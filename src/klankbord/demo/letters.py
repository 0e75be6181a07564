"""What lies in the mail of the people of the demo."""

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.demo.cast import Character
from klankbord.demo.scan import open_scan_of
from klankbord.people.models import Person


def scan_of(character: Character) -> str | None:
    """Where the link leads in the letter about the open culture scan to this character; None when there is none."""
    organisation = Organisation.objects.filter(slug=character.slug).first()
    if organisation is None:
        return None
    with acting_in(organisation.pk):
        person = Person.objects.filter(email=character.email).first()
    if person is None:
        return None
    with acting_in(organisation.pk, person.pk):
        return open_scan_of(person, character.slug)
