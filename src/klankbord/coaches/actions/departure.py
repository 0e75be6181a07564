"""What ends of a coach who left."""

from uuid import UUID

from django.db import connection

from klankbord.core import clock
from klankbord.core.tenant import current_scope
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@action("coach.forget")
def forget_departed(*, person_id: UUID) -> int:
    """Remove what a coach who left a while ago kept here: the profile, the papers and the own learning, with the keys.

    Signed statements stay to be checked by whoever holds the paper, and so does that meetings were attended.
    """
    organisation_id = current_scope().organisation_id
    with connection.cursor() as cursor:
        cursor.execute("select kind, id from coaches_forget(%s, %s)", [person_id, clock.today()])
        gone = cursor.fetchall()
    for kind, row_id in gone:
        # A word about a profile has its own id for a scope.
        vault.destroy(row_id if kind == "profile_word" else vault.scope(organisation_id, kind, row_id))
    record("coach.forget", detail={"count": len(gone)})
    return len(gone)
