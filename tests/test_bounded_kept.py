"""What runs under an earlier policy is asked for as often for twenty engagements as for one."""

from collections.abc import Iterator

import pytest

from klankbord.policy.rules.content import PolicyContent, TalkRules
from tests.cast import Cast
from tests.published import publish
from tests.test_bounded_queries import MANY, address, asks_as_often, coached, colleagues

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def under_earlier_versions(cast: Cast) -> Iterator[str]:
    publish(cast, PolicyContent(talks=TalkRules(count=2)))
    coached(cast, cast.johan, cast.marieke)
    publish(cast, PolicyContent(talks=TalkRules(count=3)))
    yield address("outline_policy")
    for number, client in enumerate(list(colleagues(cast, MANY - 1))):
        coached(cast, client, cast.saskia)
        if number % 6 == 0:
            publish(cast, PolicyContent(talks=TalkRules(count=4 + number)))
    publish(cast, PolicyContent())


def test_the_coordinators_page_asks_as_often_for_twenty_engagements_as_for_one(cast: Cast) -> None:
    asks_as_often(cast, "fatima", under_earlier_versions)
