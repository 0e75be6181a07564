"""The letters of a wave, with everything filled in."""

from django.core.mail import EmailMessage

from klankbord.core.models import Organisation
from klankbord.core.spoken import date_words
from klankbord.core.wording import Language
from klankbord.culture.ballots import scan_address, token_of
from klankbord.culture.models import Invitation, Wave
from klankbord.culture.queries.waves import time_it_takes
from klankbord.culture.texts import letters
from klankbord.people.api import Person

INVITATION, REMINDER, PAPER = "invitation", "reminder", "paper"


def language_of(person: Person) -> Language:
    """The language somebody reads letters in."""
    return "en" if person.language.startswith("en") else "nl"


def letter_facts(wave: Wave, organisation: Organisation, person: Person, language: Language) -> dict[str, str]:
    """What is filled in in any letter to this person; link, or address and code, come with it."""
    return {
        "name": person.first_name,
        "organisation": organisation.name,
        "time": time_it_takes(wave, language),
        "closes": date_words(wave.closes, language, with_weekday=True),
        "contact": wave.contact.name,
    }


def letter_mail(wave: Wave, organisation: Organisation, invitation: Invitation, number: int) -> EmailMessage:
    """Letter *number* by mail: the first is the invitation, the others remind. In the reader's own language."""
    person = invitation.person
    language = language_of(person)
    facts = letter_facts(wave, organisation, person, language)
    facts["link"] = scan_address(organisation.slug, token_of(wave, invitation.pk))
    letter = letters().letter(INVITATION if number == 1 else REMINDER)
    return EmailMessage(
        subject=letter.heading(language, **facts),
        body=letter.text(language, **facts),
        to=[f'"{person.name}" <{person.email}>'],
    )
