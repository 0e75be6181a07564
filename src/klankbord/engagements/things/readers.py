"""Whom the access table of engagements names, again and again."""

from klankbord.privacy.access import All, Among, Participants, Person, Role, Sees, When

CLIENT, COACH = Sees(Role.CLIENT), Sees(Role.COACH)
SPONSOR = Sees(Role.SPONSOR)
OUTLINE = Sees(Role.COORDINATOR, When.OUTLINE)
COACH_WHEN_SENT = Sees(Role.COACH, When.SENT)
ASIDE = "(select engagements_stepped_aside())::uuid[]"
NOT_STEPPED_ASIDE = f"not (request_id = any({ASIDE}))"
MINE = Among("engagement_id", "engagements_engagement", "id", "client_id")
# One's own text, as long as one takes part.
OWN_TEXT = All(Person("author_id"), Participants())
OF_CLIENT_TAKING_PART = All(Person("client_id"), Participants())
ALL_THREE = Participants(roles=("client", "coach", "sponsor"))
