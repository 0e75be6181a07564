"""A version of the policy is stored whole and read back whole, whatever was added to policies since."""

from klankbord.policy.rules.content import MatchRules, PolicyContent, QualityRules, TalkRules, ThreeWay, content_from


def test_what_is_stored_is_read_back():
    content = PolicyContent(
        match=MatchRules(line_levels=2),
        quality=QualityRules(accreditations=("nobco",)),
        talks=TalkRules(three_way=ThreeWay.USUAL),
        retention_months=12,
        texts={"vision": "Samen leren."},
        addresses={"mediation": "mediation@waterland.example"},
    )
    assert content_from(content.as_json()) == content


def test_what_an_older_version_did_not_know_is_as_in_the_template_and_what_is_unknown_now_is_left():
    assert content_from({"talks": {"count": 5, "colour": "red"}, "weather": 1}) == PolicyContent(
        talks=TalkRules(count=5)
    )
