"""The texts of a policy belong together: clauses, parts, values and other help name each other."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from klankbord.core.models import Organisation
from klankbord.policy import texts


def test_every_clause_belongs_to_a_part_of_the_policy():
    parts = {one.id for one in texts.sections()}
    assert {one.section for one in texts.policy_clauses()} <= parts


def test_a_clause_is_shown_with_the_way_to_its_part():
    context = Context({"organisation": Organisation(slug="waterland")})
    with override("nl"):
        shown = Template('{% clause "match.two_people" %}').render(context)
    assert "Coachen doe je met een ander." in shown
    assert 'href="/waterland/beleid/#who"' in shown
    with pytest.raises(KeyError):
        texts.clause_shown("no.such.rule", "nl")
