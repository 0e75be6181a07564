"""What other apps may use of people."""

from klankbord.people.actions import notify
from klankbord.people.mailing import without_mail
from klankbord.people.models import Membership, Person, Unit
from klankbord.people.queries import holders_of, lines_up, person_for, reports_of

__all__ = ["Membership", "Person", "Unit", "holders_of", "lines_up", "notify", "person_for", "reports_of", "without_mail"]
