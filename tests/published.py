"""A policy that the coordinator of the cast published, for tests that need one to be in force."""

from klankbord.core import clock
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import PolicyContent, TalkRules
from tests.cast import Cast
from tests.story import as_person


def publish(cast: Cast, content: PolicyContent) -> PolicyVersion:
    """The next version, in force from now; the one before goes to the archive."""
    with as_person(cast.fatima):
        before = PolicyVersion.objects.filter(state="published").first()
        if before:
            before.state, before.archived_at = PolicyVersion.State.ARCHIVED, clock.now()
            before.save(update_fields=["state", "archived_at"])
        version = PolicyVersion(
            organisation_id=cast.organisation.pk,
            number=(before.number or 0) + 1 if before else 1,
            state=PolicyVersion.State.PUBLISHED,
            body=content.as_json(),
            author=cast.fatima,
            published_at=clock.now(),
        )
        version.save(force_insert=True)
    return version


FIRST = PolicyContent(talks=TalkRules(count=5, minutes=45, weeks=2, interim_after=2), retention_months=3)
SECOND = PolicyContent(talks=TalkRules(count=8, minutes=45, weeks=2, interim_after=2), retention_months=1)
