"""Who sees what of the audit and of drafts."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import ME, Everyone, Person, Role, Sees, Thing

THINGS = (
    Thing(
        key="audit",
        name=_("Who opened what"),
        table="privacy_auditrow",
        read=(Person("owner_id"), Person("actor_id")),
        add=(Everyone(when=f"actor_id is not distinct from {ME}", guests=True),),
        change=None,
        sees=(Sees(Role.SELF),),
    ),
    Thing(
        key="draft",
        name=_("What you are typing"),
        table="privacy_draft",
        read=(Person("person_id"),),
        remove=(Person("person_id"),),
        sees=(Sees(Role.SELF),),
    ),
)
